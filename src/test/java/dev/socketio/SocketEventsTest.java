package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.protocol.ConversionException;
import dev.socketio.time.FakeScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketEventsTest {

    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();
    private final List<Object> heard = new ArrayList<>();

    record Point(int x, int y) {}

    record Move(String player, List<Point> points) {}

    // --- onAny

    @Test
    void callsListenersToEveryEventInOrder() {
        socket.onAny((event, arguments) -> heard.add("second " + event + arguments));
        socket.prependAny((event, arguments) -> heard.add("first"));
        socket.onAny((event, arguments) -> heard.add("third"));

        client.send("21[\"e\",1]");

        assertThat(heard).containsExactly("first", "second e[1]", "third");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void removesListenersToEveryEvent() {
        Listener.CatchAll listener = (event, arguments) -> heard.add("listener");
        Listener.CatchAll other = (event, arguments) -> heard.add("other");
        socket.onAny(listener);
        socket.onAny(other);
        assertThat(socket.listenersAny()).containsExactly(listener, other);

        socket.offAny(listener);
        client.send("2[\"e\"]");
        socket.offAny();
        client.send("2[\"e\"]");

        assertThat(heard).containsExactly("other");
        assertThat(socket.listenersAny()).isEmpty();
    }

    // --- onAnyOutgoing

    @Test
    void showsWhatIsSentToTheClient() {
        socket.onAnyOutgoing((event, arguments) -> heard.add(event + arguments));
        Point point = new Point(1, 2);

        socket.emit("alone", point, null);
        socket.send("text");
        var unused = socket.emitWithAck("question");
        io.emit("to all", point);
        io.to(socket.id()).emit("to a room");
        var unusedAnswers = io.timeout(Duration.ofSeconds(1)).emitWithAck("question to all");
        socket.asVolatile().emit("volatile");

        assertThat(heard)
                .containsExactly(
                        "alone[Point[x=1, y=2], null]",
                        "message[text]",
                        "question[]",
                        "to all[Point[x=1, y=2]]",
                        "to a room[]",
                        "question to all[]",
                        "volatile[]");
        assertThat(client.received()).hasSize(7);
    }

    @Test
    void showsNeitherAnswersNorWhatIsNotSent() {
        Socket other = FakeClient.open(io).connect();
        socket.onAnyOutgoing((event, arguments) -> heard.add(event));
        socket.on("e", (arguments, ack) -> ack.send("answer"));

        client.send("21[\"e\"]");
        other.emit("to another");
        socket.broadcast().emit("to others");
        assertThatThrownBy(() -> socket.emit("cannot be written", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
        socket.disconnect();
        socket.emit("too late");
        var unused = socket.emitWithAck("too late");

        assertThat(heard).isEmpty();
    }

    @Test
    void showsWhatIsSentBeforeItIsSent() {
        socket.onAnyOutgoing((event, arguments) -> heard.add(client.received()));

        socket.emit("e");

        assertThat(heard).containsExactly(List.of());
        assertThat(client.received()).containsExactly("2[\"e\"]");
    }

    @Test
    void callsAndRemovesListenersToWhatIsSent() {
        Listener.Outgoing second = (event, arguments) -> heard.add("second");
        socket.onAnyOutgoing(second);
        Registration third = socket.onAnyOutgoing((event, arguments) -> heard.add("third"));
        Listener.Outgoing first = (event, arguments) -> heard.add("first");
        socket.prependAnyOutgoing(first);
        assertThat(socket.listenersAnyOutgoing()).hasSize(3).startsWith(first, second);

        socket.emit("e");
        third.close();
        socket.offAnyOutgoing(second);
        socket.emit("e");
        socket.offAnyOutgoing();
        socket.emit("e");

        assertThat(heard).containsExactly("first", "second", "third", "first");
    }

    @Test
    void sendsThoughAListenerThrows() {
        socket.onAnyOutgoing((event, arguments) -> {
            throw new IOException("broken");
        });
        socket.onAnyOutgoing((event, arguments) -> arguments.add("more"));
        socket.onError(
                (event, failure) -> heard.add(event + " " + failure.getClass().getSimpleName()));

        io.emit("e", 1);

        assertThat(client.received()).containsExactly("2[\"e\",1]");
        assertThat(heard).containsExactly("e IOException", "e UnsupportedOperationException");
    }

    // --- use

    @Test
    void asksMiddlewaresInOrderAfterTheListenersToEveryEvent() {
        socket.on("e", () -> heard.add("listener"));
        socket.use((event, arguments, ack) -> heard.add("first " + event + arguments + ack.isRequested()));
        socket.use((event, arguments, ack) -> heard.add("second"));
        socket.onAny((event, arguments) -> heard.add("any"));

        client.send("21[\"e\",7]");

        assertThat(heard).containsExactly("any", "first e[7]true", "second", "listener");
    }

    @Test
    void hearsNothingOfAnEventThatAMiddlewareRejects() {
        IllegalStateException refusal = new IllegalStateException("guarded");
        socket.on("e", () -> heard.add("listener"));
        socket.onAny((event, arguments) -> heard.add("any"));
        socket.use((event, arguments, ack) -> {
            throw refusal;
        });
        socket.use((event, arguments, ack) -> heard.add("next middleware"));
        socket.onError((event, failure) -> {
            heard.add(event);
            heard.add(failure);
        });

        client.send("21[\"e\"]");

        assertThat(heard).containsExactly("any", "e", refusal);
        assertThat(client.received()).isEmpty();
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void letsAMiddlewareAnswer() {
        socket.on("e", (arguments, ack) -> ack.send("from the listener"));
        socket.use((event, arguments, ack) -> ack.send("from the middleware"));

        client.send("21[\"e\"]");

        assertThat(client.received()).containsExactly("31[\"from the middleware\"]");
    }

    @Test
    void hearsNothingMoreOnceAMiddlewareHasDisconnected() {
        socket.on("e", () -> heard.add("listener"));
        socket.use((event, arguments, ack) -> socket.disconnect());

        client.send("2[\"e\"]");

        assertThat(heard).isEmpty();
    }

    // --- onError

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"left\"                                | [0]",
                "{\"player\":[]}                         | [0].player",
                "{\"points\":[{\"x\":1},{\"x\":\"a\"}]}  | [0].points[1].x",
            })
    void reportsAnArgumentThatDoesNotFit(String argument, String path) {
        socket.on("move", Move.class, move -> heard.add("called"));
        socket.onError((event, failure) -> heard.add(event + " " + ((ConversionException) failure).path()));

        client.send("2[\"move\"," + argument + "]");
        client.send("27[\"move\"," + argument + "]");

        assertThat(heard).containsExactly("move " + path, "move " + path);
        assertThat(client.received())
                .containsExactly("37[{\"error\":{\"message\":\"invalid argument\",\"path\":\"" + path + "\"}}]");
    }

    @Test
    void answersAnArgumentThatDoesNotFitThoughNobodyHearsOfIt() {
        socket.on("e", int.class, int.class, (a, b, ack) -> ack.send(a + b));

        try (LogCapture log = new LogCapture(Listeners.class)) {
            client.send("27[\"e\",1,\"two\"]");
            assertThat(log.records()).isEmpty();
        }

        assertThat(client.received())
                .containsExactly("37[{\"error\":{\"message\":\"invalid argument\",\"path\":\"[1]\"}}]");
    }

    @Test
    void leavesTheAnswerToAListenerThatTheArgumentsFit() {
        socket.on("e", int.class, (number, ack) -> ack.send("number"));
        socket.on("e", String.class, (text, ack) -> ack.send("text"));

        client.send("27[\"e\",\"two\"]");

        assertThat(client.received()).containsExactly("37[\"text\"]");
    }

    @Test
    void givesNoAnswerForAValueThatIsNoArgumentOfTheEvent() {
        socket.on("e", (arguments, ack) -> socket.handshake().auth().as(int.class));
        socket.onError((event, failure) -> heard.add(failure.getClass()));

        client.send("27[\"e\"]");

        assertThat(heard).containsExactly(ConversionException.class);
        assertThat(client.received()).isEmpty();
    }

    @Test
    void reportsWhatListenersThrow() {
        IOException failure = new IOException("broken");
        socket.on("e", () -> {
            throw failure;
        });
        socket.on("e", () -> heard.add("next"));
        socket.onAny((event, arguments) -> {
            throw new NoClassDefFoundError("dev/Missing");
        });
        socket.onError((event, thrown) -> heard.add(thrown.getMessage()));

        assertThat(recordsOf("27[\"e\"]")).isEmpty();

        assertThat(heard).containsExactly("dev/Missing", "broken", "next");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void reportsToTheNamespaceToo() {
        socket.on("e", () -> {
            throw new IOException("broken");
        });
        Registration own = socket.onError((event, failure) -> heard.add("socket " + event));
        Registration all = io.onError((who, event, failure) -> heard.add(List.of(who, event, failure.getMessage())));

        client.send("2[\"e\"]");
        own.close();
        assertThat(recordsOf("2[\"e\"]")).isEmpty();
        all.close();
        assertThat(recordsOf("2[\"e\"]")).hasSize(1);

        List<Object> told = List.of(socket, "e", "broken");
        assertThat(heard).containsExactly("socket e", told, told);
    }

    @Test
    void reportsToTheParentOfTheNamespaceFirst() {
        ParentNamespace parent = io.of(Pattern.compile("^/room-\\d+$"));
        Socket inRoom = client.connect("/room-1");
        io.of("/room-1").onError((who, event, failure) -> heard.add("child " + event));
        parent.onError((who, event, failure) -> heard.add("parent " + event));
        inRoom.on("e", int.class, number -> heard.add("called"));

        client.send("2/room-1,[\"e\",\"one\"]");

        assertThat(heard).containsExactly("parent e", "child e");
    }

    @Test
    void doesNotConfuseAnEventOfTheNameError() {
        socket.on("error", String.class, text -> heard.add("event " + text));
        socket.onError((event, failure) -> heard.add("failure " + failure.getMessage()));
        socket.on("e", () -> {
            throw new IOException("broken");
        });

        client.send("2[\"error\",\"a\"]");
        client.send("2[\"e\"]");
        socket.emit("error", "b");

        assertThat(heard).containsExactly("event a", "failure broken");
        assertThat(client.received()).containsExactly("2[\"error\",\"b\"]");
    }

    @Test
    void livesOnWhenAnErrorListenerThrows() {
        socket.onError((event, failure) -> {
            throw new IOException("broken too");
        });
        io.onError((who, event, failure) -> {
            throw new IOException("broken as well");
        });
        socket.onError((event, failure) -> heard.add(event));
        socket.on("e", () -> {
            throw new IOException("broken");
        });

        try (LogCapture sockets = new LogCapture(SocketEvents.class);
                LogCapture namespaces = new LogCapture(Namespace.class)) {
            client.send("2[\"e\"]");
            assertThat(sockets.records()).hasSize(1);
            assertThat(namespaces.records()).hasSize(1);
        }

        assertThat(heard).containsExactly("e");
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void logsNamesThatAClientHasChosenOnOneLine() {
        socket.onAny((event, arguments) -> {
            throw new IOException("broken");
        });

        List<LogRecord> records = recordsOf("2[\"a\\nb\\r" + "c".repeat(1_000) + "\"]");

        assertThat(records)
                .singleElement()
                .satisfies(record ->
                        assertThat(record.getMessage()).contains("a?b?c").hasSizeLessThan(300));
    }

    @Test
    void canRefuseWithData() {
        socket.use((event, arguments, ack) -> {
            if (event.equals("guard")) {
                throw new Refusal(Map.of("got", arguments.get(0, Object.class)));
            }
        });
        socket.onError((event, failure) -> {
            if (failure instanceof Refusal refusal) {
                socket.emit("guard-error", refusal.data);
            }
        });

        client.send("21[\"guard\",\"x\"]");

        assertThat(client.received()).containsExactly("2[\"guard-error\",{\"got\":\"x\"}]");
    }

    private List<LogRecord> recordsOf(String packet) {
        try (LogCapture log = new LogCapture(Listeners.class)) {
            client.send(packet);
            return log.records();
        }
    }

    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Object data;

        Refusal(Object data) {
            this.data = data;
        }
    }
}
