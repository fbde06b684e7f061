package dev.socketio;

import dev.socketio.engine.EngineRequest;
import dev.socketio.engine.HttpExchange;
import dev.socketio.engine.HttpReply;
import dev.socketio.engine.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client on HTTP polling that needs no container. Its requests are answered in the order of {@link #replies}. */
final class PollingClient {

    /** The status and body of every reply. */
    final List<String> replies = new ArrayList<>();

    private final SocketIoServer io;
    private final int protocol;
    private String session = "";

    private PollingClient(SocketIoServer io, int protocol) {
        this.io = io;
        this.protocol = protocol;
    }

    /** Opens a connection and joins the main namespace. */
    static PollingClient join(SocketIoServer io) {
        PollingClient client = open(io, /* protocol= */ 4);
        client.post("40");
        client.poll();
        client.replies.clear();
        return client;
    }

    /** Opens a connection and keeps the reply to its handshake. */
    static PollingClient open(SocketIoServer io, int protocol) {
        PollingClient client = new PollingClient(io, protocol);
        client.poll();
        client.session = client.replies.get(0).replaceAll(".*\"sid\":\"([^\"]+)\".*", "&sid=$1");
        return client;
    }

    void poll() {
        io.engine().handle(new Exchange("GET", ""));
    }

    void post(String body) {
        io.engine().handle(new Exchange("POST", body));
    }

    private final class Exchange implements HttpExchange {

        private final String method;
        private final String body;

        Exchange(String method, String body) {
            this.method = method;
            this.body = body;
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public Query query() {
            return Query.parse("EIO=" + protocol + "&transport=polling" + session);
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1";
        }

        @Override
        public boolean isAllowed() {
            return true;
        }

        @Override
        public boolean canUpgrade() {
            return true;
        }

        @Override
        public EngineRequest snapshot() {
            Map<String, String> query = query().asMap();
            return new EngineRequest("/socket.io/", query, Map.of(), "127.0.0.1", false, null, Set.of(), null);
        }

        @Override
        public void readBody(int limit, BodyReceiver receiver) {
            receiver.onBody(body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onGone(Runnable action) {}

        @Override
        public void respond(HttpReply reply) {
            replies.add(reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8));
        }
    }
}
