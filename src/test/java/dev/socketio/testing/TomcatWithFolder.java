package dev.socketio.testing;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Tomcat with a web application in a folder. */
final class TomcatWithFolder implements EmbeddedServer {

    private final Tomcat tomcat = new Tomcat();
    private final StandardContext context = new StandardContext();
    private final Path work = EmbeddedTomcat.temporaryDirectory();
    private final AtomicBoolean closed = new AtomicBoolean();

    TomcatWithFolder(int port, String contextPath, Path directory, WebArchive.User... users) {
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setThrowOnFailure(true);
        EmbeddedTomcat.forgetDirectory();
        context.setPath(contextPath);
        context.setDocBase(directory.toString());
        context.addParameter(WebArchive.DISCOVERY, "true");
        addDefaults();
        addUsers(users);
        tomcat.getHost().addChild(context);
        try {
            tomcat.start();
            if (context.getState() != LifecycleState.STARTED) {
                throw new LifecycleException("the web application failed, see the log");
            }
        } catch (LifecycleException e) {
            close();
            throw new IllegalStateException("Tomcat does not start: " + e.getMessage(), e);
        }
    }

    /** What an installed Tomcat has in its {@code conf/web.xml}, without JSP. */
    private void addDefaults() {
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        context.addServletContainerInitializer(
                (classes, started) ->
                        started.addServlet("default", new DefaultServlet()).addMapping("/"),
                Set.of());
        Tomcat.addDefaultMimeTypeMappings(context);
        context.addWelcomeFile("index.html");
        // other containers are on the class path of the tests
        context.setContainerSciFilter("org\\.eclipse\\..*");
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        context.setUnloadDelay(20); // it would let parked polls run out first, for 2 s; zero is for ever
        EmbeddedTomcat.leaveTheJdkAlone(context);
    }

    private void addUsers(WebArchive.User... users) {
        for (WebArchive.User user : users) {
            tomcat.addUser(user.name(), user.password());
            tomcat.addRole(user.name(), user.role());
            context.setLoginConfig(new LoginConfig("BASIC", WebArchive.REALM, null, null));
        }
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public String contextPath() {
        return context.getPath();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            // the web application first, while it can still reach its clients
            if (context.getState().isAvailable()) {
                context.stop();
            }
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        } finally {
            Folders.delete(work);
        }
    }
}
