package dev.socketio.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Credential;

/** Jetty with a web application in a folder. */
final class JettyWithFolder implements EmbeddedServer {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final String contextPath;
    private final WebAppContext context;

    JettyWithFolder(int port, String contextPath, Path directory, WebArchive.User... users) {
        this.contextPath = contextPath;
        connector.setPort(port);
        server.addConnector(connector);
        context = webApplication(contextPath, directory, users);
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("Jetty does not start: " + e.getMessage(), e);
        }
    }

    private static WebAppContext webApplication(String contextPath, Path directory, WebArchive.User... users) {
        WebAppContext context = new WebAppContext(directory.toString(), contextPath.isEmpty() ? "/" : contextPath);
        context.setThrowUnavailableOnStartupException(true);
        // other containers are on the class path of the tests
        context.setInitParameter(WebArchive.DISCOVERY, "true");
        context.setAttribute(
                AnnotationConfiguration.SERVLET_CONTAINER_INITIALIZER_EXCLUSION_PATTERN, "org\\.apache\\..*");
        if (users.length > 0) {
            UserStore store = new UserStore();
            for (WebArchive.User user : users) {
                store.addUser(user.name(), Credential.getCredential(user.password()), new String[] {user.role()});
            }
            HashLoginService login = new HashLoginService(WebArchive.REALM);
            login.setUserStore(store);
            context.getSecurityHandler().setLoginService(login);
            if (Files.notExists(directory.resolve("WEB-INF/web.xml"))) {
                context.getSecurityHandler().setAuthenticator(new BasicAuthenticator());
            }
        }
        return context;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public void close() {
        try {
            // the web application first, while it can still reach its clients
            context.stop();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }
}
