package dev.socketio.testing;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty as it comes, without scanning: initializers of other containers on the class path do not run. */
public final class EmbeddedJetty implements EmbeddedServer {

    /** What a web application can use for WebSockets. */
    public enum WebSocketApi {
        /** Jetty's own ({@code ee10-websocket-jetty}). */
        JETTY,
        /** The standard one ({@code ee10-websocket-jakarta}). */
        JAKARTA
    }

    private final Server server = new Server();
    private final ServerConnector connector;
    private final ServletContextHandler context;
    private final String contextPath;

    private EmbeddedJetty(Entrance entrance, String contextPath, Set<WebSocketApi> apis, Setup setup) {
        this.contextPath = contextPath;
        connector = new ServerConnector(server, protocols(entrance));
        connector.setPort(entrance.port());
        server.addConnector(connector);
        context = new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath);
        server.setHandler(context);
        if (apis.contains(WebSocketApi.JETTY)) {
            JettyWebSocketServletContainerInitializer.configure(context, null);
        }
        if (apis.contains(WebSocketApi.JAKARTA)) {
            JakartaWebSocketServletContainerInitializer.configure(context, null);
        }
        context.addServletContainerInitializer((classes, started) -> setup.onStartup(started));
    }

    private static ConnectionFactory[] protocols(Entrance entrance) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        if (entrance.behindProxy()) {
            http.addCustomizer(new ForwardedRequestCustomizer());
        }
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        Certificate certificate = entrance.certificate();
        if (certificate == null) {
            return new ConnectionFactory[] {http1, new HTTP2CServerConnectionFactory(http)};
        }
        http.addCustomizer(new SecureRequestCustomizer());
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(certificate.keyStore().toString());
        tls.setKeyStorePassword(Certificate.PASSWORD);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(http2.getProtocol(), http1.getProtocol());
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1};
    }

    /**
     * Starts Jetty.
     *
     * @param port 0 for any that is free
     * @param contextPath such as {@code /chat}; empty for the root
     * @param apis empty for a Jetty without WebSocket
     * @throws IllegalStateException if it does not start; nothing is left of it then
     */
    public static EmbeddedJetty start(int port, String contextPath, Set<WebSocketApi> apis, Setup setup) {
        return start(Entrance.plain(port), contextPath, apis, setup);
    }

    static EmbeddedJetty start(Entrance entrance, String contextPath, Set<WebSocketApi> apis, Setup setup) {
        EmbeddedJetty jetty = new EmbeddedJetty(entrance, contextPath, apis, setup);
        try {
            jetty.server.start();
        } catch (Exception e) {
            jetty.close();
            throw new IllegalStateException("Jetty does not start: " + e.getMessage(), e);
        }
        return jetty;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    /** Returns the connections that clients have now, each as the protocol that it has moved to. */
    public List<Connection> connections() {
        return connector.getConnectedEndPoints().stream()
                .map(EndPoint::getConnection)
                .toList();
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
