package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.ConnectErrorException;
import dev.socketio.Handshake;
import dev.socketio.Namespace;
import dev.socketio.Socket;
import dev.socketio.protocol.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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
        endpoint.io().of(Pattern.compile("^/dyn-\\d+$")).onConnection(this::greetDynamic);
        endpoint.io().of(AcceptanceNamespaces::allows).onConnection(this::greetDynamic);
    }

    private Namespace add(String name, Consumer<Socket> extra) {
        Namespace namespace = endpoint.io().of(name);
        namespace.onConnection(socket -> {
            new AcceptanceSocket(endpoint, socket).install();
            extra.accept(socket);
        });
        return namespace;
    }

    private static boolean allows(String name, Value auth) {
        return name.startsWith("/fn-") && auth.toJson().path("allow").booleanValue();
    }

    private void greetDynamic(Socket socket) {
        new AcceptanceSocket(endpoint, socket).install();
        socket.emit("hello", socket.namespace().name());
    }

    private static void checkMain(Socket socket) {
        Handshake handshake = socket.handshake();
        boolean byAuth = "main".equals(handshake.auth().toJson().path("reject").textValue());
        if (byAuth || "main".equals(handshake.query().get("reject"))) {
            throw new ConnectErrorException("main rejected", JsonObject.of("code", "E_MAIN"));
        }
    }

    private void addAuth() {
        Namespace auth = add("/auth", socket -> {});
        auth.use(socket -> endpoint.authRuns().incrementAndGet());
        auth.use(socket -> {
            if (!"secret".equals(authOrQuery(socket.handshake(), "token"))) {
                throw new ConnectErrorException("not authorized", badToken());
            }
        });
    }

    private static Object badToken() {
        Object detail = JsonObject.of("list", List.of(1, 2, 3), "note", "é🔑");
        return JsonObject.of("code", 401, "reason", "bad token", "detail", detail);
    }

    private CompletionStage<?> delay() {
        CompletableFuture<?> over = new CompletableFuture<>();
        endpoint.timer().schedule(SLOW, () -> over.complete(null));
        return over;
    }

    private static void greet(Socket socket) {
        JsonNode auth = socket.handshake().auth().toJson();
        socket.emit("welcome", JsonObject.of("id", socket.id(), "auth", auth));
        socket.emit("welcome-bin", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        socket.emit("welcome-end", 1, 2, 3);
    }

    private static void enterLobby(Socket socket) {
        String user = authOrQuery(socket.handshake(), "user");
        socket.join("lobby", "user:" + (user == null ? "anon" : user));
        socket.namespace().to("lobby").emit("joined", socket.id());
    }

    private static @Nullable String authOrQuery(Handshake handshake, String name) {
        JsonNode value = handshake.auth().toJson().path(name);
        boolean missing = value.isMissingNode() || value.isNull();
        return missing ? handshake.query().get(name) : value.asText();
    }
}
