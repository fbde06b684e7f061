package dev.socketio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Java client, which Android applications use, against every container. */
class JavaClientIT {

    private final List<Socket> open = new ArrayList<>();

    static Stream<Arguments> containersAndTransports() {
        return Arrays.stream(Container.values())
                .flatMap(container -> Stream.of("polling", "websocket", "polling,websocket")
                        .map(transports -> Arguments.of(container, transports)));
    }

    @AfterEach
    void disconnect() {
        open.forEach(Socket::disconnect);
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("containersAndTransports")
    void isAtHome(Container container, String transports) throws Exception {
        try (EmbeddedServer server =
                container.start(context -> SocketIoInitializer.register(context, new EndToEndApp()))) {
            String url = server.uri("").toString();
            exchangesTextAndBinary(connect(url, transports, Map.of()));
            answersTheServer(connect(url, transports, Map.of()));
            hearsOthersInItsRoom(connect(url, transports, Map.of()), connect(url, transports, Map.of()));
            bringsItsToken(url + "/custom", transports);
            isRefused(url, transports);
            hearsOfItsEnd(connect(url, transports, Map.of()));
        }
    }

    private static void exchangesTextAndBinary(Socket client) throws Exception {
        Object[] answer = ask(client, "echo", "ünïcödé 🔑", 42, new byte[] {0, 127, -128, -1});

        assertThat(answer).hasSize(3);
        assertThat(answer[0]).isEqualTo("ünïcödé 🔑");
        assertThat(answer[1]).isEqualTo(42);
        assertThat((byte[]) answer[2]).containsExactly(0, 127, -128, -1);
    }

    private static void answersTheServer(Socket client) throws Exception {
        client.on("question", arguments -> {
            var answer = (io.socket.client.Ack) arguments[arguments.length - 1];
            answer.call("got " + arguments[0]);
        });

        assertThat(ask(client, "ask", "question", "x")).containsExactly("got x");
    }

    private static void hearsOthersInItsRoom(Socket listener, Socket speaker) throws Exception {
        CompletableFuture<Object> said = new CompletableFuture<>();
        listener.on("said", arguments -> said.complete(arguments[0]));
        ask(listener, "join", "red");

        speaker.emit("say to", "red", "hello");

        assertThat(said.get(10, SECONDS)).isEqualTo("hello");
    }

    private void bringsItsToken(String url, String transports) throws Exception {
        Socket client = create(url, transports, Map.of("token", "t"));
        CompletableFuture<Object[]> welcome = new CompletableFuture<>();
        client.on("welcome", welcome::complete);
        client.connect();

        Object[] arguments = welcome.get(10, SECONDS);
        assertThat(arguments[0]).isEqualTo(client.id());
        assertThat(((JSONObject) arguments[1]).getString("token")).isEqualTo("t");
    }

    private void isRefused(String url, String transports) throws Exception {
        Socket client = create(url, transports, Map.of("reject", "true"));
        CompletableFuture<Object> refusal = new CompletableFuture<>();
        client.on(Socket.EVENT_CONNECT_ERROR, arguments -> refusal.complete(arguments[0]));
        client.connect();

        JSONObject reason = (JSONObject) refusal.get(10, SECONDS);
        assertThat(reason.getString("message")).isEqualTo("not today");
        assertThat(reason.getJSONObject("data").getInt("code")).isEqualTo(42);
    }

    private static void hearsOfItsEnd(Socket client) throws Exception {
        CompletableFuture<Object> end = new CompletableFuture<>();
        client.on(Socket.EVENT_DISCONNECT, arguments -> end.complete(arguments[0]));

        client.emit("kick", false);

        assertThat(end.get(10, SECONDS)).isEqualTo("io server disconnect");
    }

    private Socket connect(String url, String transports, Map<String, String> auth) throws Exception {
        Socket client = create(url, transports, auth);
        CompletableFuture<Object> connected = new CompletableFuture<>();
        client.on(Socket.EVENT_CONNECT, arguments -> connected.complete(client));
        client.on(Socket.EVENT_CONNECT_ERROR, arguments -> connected.complete(arguments[0]));
        client.connect();
        assertThat(connected.get(10, SECONDS)).isSameAs(client);
        return client;
    }

    private Socket create(String url, String transports, Map<String, String> auth) throws Exception {
        Socket client = IO.socket(
                url,
                IO.Options.builder()
                        .setForceNew(true)
                        .setReconnection(false)
                        .setTransports(transports.split(",", -1))
                        .setAuth(auth)
                        .build());
        open.add(client);
        return client;
    }

    private static Object[] ask(Socket client, String event, Object... arguments) throws Exception {
        CompletableFuture<Object[]> answer = new CompletableFuture<>();
        client.emit(event, arguments, new AckWithTimeout(10_000) {
            @Override
            public void onSuccess(Object... values) {
                answer.complete(values);
            }

            @Override
            public void onTimeout() {
                answer.completeExceptionally(new AssertionError("no answer to " + event));
            }
        });
        return answer.get(15, SECONDS);
    }
}
