package dev.socketio.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.IntrospectionUtils;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat with small buffers, as servers with many connections should have them, and without scanning: initializers of
 * other containers on the class path do not run.
 */
public final class EmbeddedTomcat implements EmbeddedServer {

    /** Tomcat's own limit, 8192, is below what the tests under load need; WebSockets count. */
    private static final String MAX_CONNECTIONS = "20000";

    /** In bytes. Tomcat's own 8192, several for each connection, make 72 kB of heap for an idle WebSocket. */
    private static final String BUFFER_SIZE = "2048";

    static {
        // read once, when Tomcat's WebSocket classes are loaded
        System.getProperties().putIfAbsent("org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE", BUFFER_SIZE);
    }

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final StandardContext context;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What the setup has thrown, which Tomcat logs and keeps to itself. */
    private volatile @Nullable Throwable failure;

    private EmbeddedTomcat(Entrance entrance, String contextPath, Path directory, Setup setup) {
        this.directory = directory;
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(entrance.port());
        tomcat.getConnector().setProperty("maxConnections", MAX_CONNECTIONS);
        tomcat.getConnector().setProperty("socket.appReadBufSize", BUFFER_SIZE);
        tomcat.getConnector().setProperty("socket.appWriteBufSize", BUFFER_SIZE);
        tomcat.getConnector().setThrowOnFailure(true);
        forgetDirectory();
        prepare(entrance);
        // a context without ContextConfig, which is what would look for initializers
        context = (StandardContext) tomcat.addContext(contextPath, directory.toString());
        leaveTheJdkAlone(context);
        context.setUnloadDelay(20); // it would let parked polls run out first, for 2 s; zero is for ever
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(
                (classes, started) -> {
                    try {
                        setup.onStartup(started);
                    } catch (Exception | LinkageError e) {
                        failure = e;
                        throw e;
                    }
                },
                Set.of());
    }

    private void prepare(Entrance entrance) {
        if (entrance.behindProxy()) {
            tomcat.getEngine().getPipeline().addValve(new RemoteIpValve());
        }
        Connector connector = tomcat.getConnector();
        connector.addUpgradeProtocol(new Http2Protocol());
        Certificate certificate = entrance.certificate();
        if (certificate != null) {
            SSLHostConfig host = new SSLHostConfig();
            SSLHostConfigCertificate key = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
            key.setCertificateKeystoreFile(certificate.keyStore().toString());
            key.setCertificateKeystorePassword(Certificate.PASSWORD);
            host.addCertificate(key);
            connector.addSslHostConfig(host);
            connector.setProperty("SSLEnabled", "true");
            connector.setScheme("https");
            connector.setSecure(true);
        }
    }

    /** Tomcat has written it to system properties, where the next one of this JVM would find it. */
    static void forgetDirectory() {
        System.clearProperty(Globals.CATALINA_HOME_PROP);
        System.clearProperty(Globals.CATALINA_BASE_PROP);
    }

    /** What Tomcat 10 does against leaks inside the JDK needs options of the JVM; it warns at every stop without them. */
    static void leaveTheJdkAlone(StandardContext context) {
        for (String leak : List.of("ObjectStreamClassCaches", "RmiTargets", "ThreadLocals")) {
            IntrospectionUtils.setProperty(context, "clearReferences" + leak, "false"); // not there in Tomcat 11
        }
    }

    /**
     * Starts Tomcat.
     *
     * @param port 0 for any that is free
     * @param contextPath such as {@code /chat}; empty for the root
     * @throws IllegalStateException if it does not start; nothing is left of it then
     */
    public static EmbeddedTomcat start(int port, String contextPath, Setup setup) {
        return start(Entrance.plain(port), contextPath, setup);
    }

    static EmbeddedTomcat start(Entrance entrance, String contextPath, Setup setup) {
        EmbeddedTomcat started = new EmbeddedTomcat(entrance, contextPath, temporaryDirectory(), setup);
        try {
            started.tomcat.start();
            if (started.context.getState() != LifecycleState.STARTED) {
                throw new LifecycleException("the web application failed", started.failure);
            }
        } catch (LifecycleException e) {
            started.close();
            throw new IllegalStateException("Tomcat does not start: " + e.getMessage(), e);
        }
        return started;
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
            Folders.delete(directory);
        }
    }

    static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("tomcat-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
