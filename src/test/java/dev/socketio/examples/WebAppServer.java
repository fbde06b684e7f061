package dev.socketio.examples;

import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.security.Credential;

/**
 * Containers that deploy a folder as users have it: with a {@code web.xml}, classes that the container finds, and a
 * realm, in which {@code ada} is an editor and {@code bob} is not. A password is the name twice.
 */
enum WebAppServer {
    JETTY {
        @Override
        EmbeddedServer start(Path folder) throws Exception {
            Server server = new Server(0);
            WebAppContext context = new WebAppContext(folder.toString(), "/app");
            context.setAttribute(
                    "org.eclipse.jetty.containerInitializerExclusionPattern", "org\\.apache\\..*"); // Tomcat's
            context.setInitParameter(DISCOVERY, "true");
            UserStore users = new UserStore();
            USERS.forEach(user ->
                    users.addUser(user.name(), Credential.getCredential(user.password()), new String[] {user.role()}));
            HashLoginService realm = new HashLoginService("desk");
            realm.setUserStore(users);
            server.addBean(realm);
            server.setHandler(context);
            context.setThrowUnavailableOnStartupException(true);
            server.start();
            return new Started(server.getURI().getPort(), () -> {
                context.stop();
                server.stop();
            });
        }
    },
    TOMCAT {
        @Override
        EmbeddedServer start(Path folder) throws Exception {
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(
                    Files.createDirectories(folder.resolveSibling("tomcat")).toString());
            tomcat.setPort(0);
            tomcat.getConnector();
            USERS.forEach(user -> {
                tomcat.addUser(user.name(), user.password());
                tomcat.addRole(user.name(), user.role());
            });
            tomcat.setAddDefaultWebXmlToWebapp(false); // it has JSPs
            StandardContext context = (StandardContext) tomcat.addWebapp("/app", folder.toString());
            Tomcat.addServlet(context, "files", DefaultServlet.class.getName()).addMapping("/");
            context.setContainerSciFilter("org\\.eclipse\\.jetty"); // Jetty's initializers
            StandardJarScanner scanner = new StandardJarScanner();
            scanner.setScanClassPath(false); // where all tests are
            context.setJarScanner(scanner);
            context.addParameter(DISCOVERY, "true");
            context.setClearReferencesObjectStreamClassCaches(false); // they need options of the JVM
            context.setClearReferencesRmiTargets(false);
            context.setClearReferencesThreadLocals(false);
            context.setUnloadDelay(20); // parked polls would hold it up for 2 s
            tomcat.start();
            if (context.getState() != LifecycleState.STARTED) {
                throw new IllegalStateException("the web application does not start");
            }
            System.clearProperty(Globals.CATALINA_HOME_PROP);
            System.clearProperty(Globals.CATALINA_BASE_PROP);
            return new Started(tomcat.getConnector().getLocalPort(), () -> stop(tomcat, context));
        }
    };

    private record User(String name, String role) {

        String password() {
            return name + name;
        }
    }

    /** Off by itself where Spring Boot is, such as on the class path of the tests. */
    private static final String DISCOVERY = SocketIoInitializer.PREFIX + SocketIoInitializer.DISCOVERY;

    private static final List<User> USERS = List.of(new User("ada", "editor"), new User("bob", "reader"));

    /**
     * Puts a web application together.
     *
     * @param folder of {@code src/test/guide}
     * @param parent where it goes
     * @param classes what it has in {@code WEB-INF/classes}
     */
    static Path assemble(String folder, Path parent, Class<?>... classes) throws Exception {
        Path source = Path.of("src", "test", "guide", folder);
        Path target = parent.resolve(folder);
        try (Stream<Path> files = Files.walk(source)) {
            files.forEach(
                    file -> copy(file, target.resolve(source.relativize(file).toString())));
        }
        for (Class<?> type : classes) {
            Path file = Path.of(type.getName().replace('.', '/') + ".class");
            Path compiled = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path classFile = target.resolve("WEB-INF").resolve("classes").resolve(file);
            Files.createDirectories(classFile.getParent());
            copy(compiled.resolve(file), classFile);
        }
        return target;
    }

    /** Deploys a web application under {@code /app}. */
    abstract EmbeddedServer start(Path folder) throws Exception;

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Tomcat tomcat, StandardContext context) throws LifecycleException {
        context.stop();
        tomcat.stop();
        tomcat.destroy();
    }

    private interface Stop {

        void run() throws Exception;
    }

    private record Started(int port, Stop stop) implements EmbeddedServer {

        @Override
        public String contextPath() {
            return "/app";
        }

        @Override
        public void close() {
            try {
                stop.run();
            } catch (Exception e) {
                throw new IllegalStateException("the server does not stop", e);
            }
        }
    }
}
