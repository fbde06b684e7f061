package dev.socketio.examples;

import dev.socketio.SocketIoApplication;
import dev.socketio.servlet.SocketIoInitializer;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;

final class TestServer implements AutoCloseable {

    private final Server jetty = new Server(new InetSocketAddress("localhost", 0));

    private TestServer(SocketIoApplication application) {
        ServletContextHandler context = new ServletContextHandler("/");
        JettyWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer(
                (classes, servletContext) -> SocketIoInitializer.register(servletContext, application));
        jetty.setHandler(context);
    }

    static TestServer start(SocketIoApplication application) throws Exception {
        TestServer server = new TestServer(application);
        server.jetty.start();
        return server;
    }

    URI uri() {
        return jetty.getURI();
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }
}
