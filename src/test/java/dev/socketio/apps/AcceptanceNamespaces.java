package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.ConnectErrorException;
import dev.socketio.Handshake;
import dev.socketio.Namespace;
import dev.socketio.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The namespaces of the acceptance app: who may join them, and what happens then. */
final class AcceptanceNamespaces {

    private static final Duration SLOW = Duration.ofMillis(200);

    private final AcceptanceEndpoint endpoint;

    AcceptanceNamespaces(AcceptanceEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    void install() {
        add("/", socket -> {}).use(AcceptanceNamespaces::checkMain);
        add("/custom", socket -> {});
        add("/other", socket -> {});
        addAuth();
        add("/plainerr", socket -> {}).use(socket -> {
            throw new ConnectErrorException("no entry");
        });
        add("/slow", socket -> {}).useAsync(socket -> delay());
        add("/greet", AcceptanceNamespaces::greet);
        add("/bye", Socket::disconnect);
        add("/roomy", AcceptanceNamespaces::enterLobby);
    }

    private Namespace add(String name, Consumer<Socket> extra) {
        Namespace namespace = endpoint.io().of(name);
        namespace.onConnection(socket -> {
            new AcceptanceSocket(endpoint, socket).install();
            extra.accept(socket);
        });
        return namespace;
    }

    private static void checkMain(Socket socket) {
        Handshake handshake = socket.handshake();
        boolean rejected = "main".equals(authText(handshake, "reject"))
                || "main".equals(handshake.query().get("reject"));
        if (rejected) {
            throw new ConnectErrorException("main rejected", Map.of("code", "E_MAIN"));
        }
    }

    private void addAuth() {
        Namespace auth = add("/auth", socket -> {});
        auth.use(socket -> endpoint.authRuns().incrementAndGet());
        auth.use(socket -> {
            if (!isSecret(socket.handshake())) {
                throw new ConnectErrorException("not authorized", badToken());
            }
        });
    }

    private static boolean isSecret(Handshake handshake) {
        JsonNode token = handshake.auth().toJson().path("token");
        return token.isMissingNode() || token.isNull()
                ? "secret".equals(handshake.query().get("token"))
                : "secret".equals(token.textValue());
    }

    private static Map<String, Object> badToken() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("list", List.of(1, 2, 3));
        detail.put("note", "é🔑");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", 401);
        data.put("reason", "bad token");
        data.put("detail", detail);
        return data;
    }

    private CompletionStage<?> delay() {
        CompletableFuture<?> over = new CompletableFuture<>();
        endpoint.timer().schedule(SLOW, () -> over.complete(null));
        return over;
    }

    private static void greet(Socket socket) {
        JsonNode auth = socket.handshake().auth().toJson();
        socket.emit("welcome", Map.of("id", socket.id(), "auth", auth));
        socket.emit("welcome-bin", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        socket.emit("welcome-end", 1, 2, 3);
    }

    private static void enterLobby(Socket socket) {
        Handshake handshake = socket.handshake();
        String user = authText(handshake, "user");
        if (user == null) {
            user = handshake.query().getOrDefault("user", "anon");
        }
        socket.join("lobby", "user:" + user);
        socket.namespace().to("lobby").emit("joined", socket.id());
    }

    private static @Nullable String authText(Handshake handshake, String property) {
        return handshake.auth().toJson().path(property).textValue();
    }
}
