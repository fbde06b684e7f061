package dev.socketio.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.WebArchive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Gives each test of a script a chat in which nobody has been yet: whoever asks gets its address, the one before ends. */
final class FreshChats implements AutoCloseable {

    private final HttpServer http;
    private final Container container;
    private final String contextPath;
    private @Nullable EmbeddedServer current;

    FreshChats(Container container, String contextPath) throws IOException {
        this.container = container;
        this.contextPath = contextPath;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::next);
        http.start();
    }

    /** Returns where to ask. */
    URI uri() {
        return URI.create("http://localhost:" + http.getAddress().getPort());
    }

    private void next(HttpExchange exchange) throws IOException {
        try (exchange) {
            end();
            EmbeddedServer started = WebArchive.start(container, 0, contextPath);
            current = started;
            byte[] address = addressOf(started).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, address.length);
            exchange.getResponseBody().write(address);
        }
    }

    /** By number: with localhost, the client does not care whether the browser is offline. */
    private static String addressOf(EmbeddedServer server) {
        return server.uri("/").toString().replace("localhost", "127.0.0.1");
    }

    private void end() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    @Override
    public void close() {
        http.stop(0);
        end();
    }
}
