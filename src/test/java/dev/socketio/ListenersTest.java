package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersTest {

    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();
    private final List<String> heard = new ArrayList<>();

    @Test
    void callsAllListenersOfAnEventInOrder() {
        socket.on("e", () -> heard.add("first"));
        socket.on("e", () -> heard.add("second"));
        socket.on("other", () -> heard.add("other"));

        client.send("2[\"e\"]");

        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    void callsCatchAllListenersBeforeThoseThatNameTheEvent() {
        socket.on("e", () -> heard.add("named"));
        socket.onAny((event, arguments) -> heard.add("any " + event + arguments));
        socket.onAny((event, arguments) -> heard.add("any too"));

        client.send("2[\"e\",1]");
        client.send("2[\"unknown\"]");

        assertThat(heard).containsExactly("any e[1]", "any too", "named", "any unknown[]", "any too");
    }

    @Test
    void passesOverAnEventThatNobodyListensTo() {
        client.send("25[\"unknown\",1]");

        assertThat(client.received()).isEmpty();
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void callsNoListenerThatHasBeenRemoved() {
        Registration named = socket.on("e", () -> heard.add("named"));
        Registration any = socket.onAny((event, arguments) -> heard.add("any"));
        socket.on("e", () -> heard.add("kept"));

        named.close();
        any.close();
        client.send("2[\"e\"]");

        assertThat(heard).containsExactly("kept");
    }

    @Test
    void removesAListenerOnceForEachTimeItWasAdded() {
        Listener.OfAny listener = (arguments, ack) -> heard.add("e");
        Listener.CatchAll catchAll = (event, arguments) -> heard.add("any");
        Registration first = socket.on("e", listener);
        Registration firstAny = socket.onAny(catchAll);
        socket.on("e", listener);
        socket.onAny(catchAll);

        first.close();
        first.close();
        firstAny.close();
        firstAny.close();
        client.send("2[\"e\"]");

        assertThat(heard).containsExactly("any", "e");
    }

    @Test
    void callsAListenerOnce() {
        socket.once("e", String.class, text -> heard.add(text));
        socket.once("e", (arguments, ack) -> heard.add("any"));
        socket.once("other", () -> heard.add("other"));

        client.send("2[\"e\",\"a\"]");
        client.send("2[\"e\",\"b\"]");

        assertThat(heard).containsExactly("a", "any");
        assertThat(socket.eventNames()).containsExactly("other");
    }

    @Test
    void callsAListenerOnceThoughItCausesTheEventAgain() {
        socket.once("e", () -> {
            heard.add("once");
            client.send("2[\"e\"]");
        });

        client.send("2[\"e\"]");

        assertThat(heard).containsExactly("once");
    }

    @Test
    void forgetsAListenerToOneEventBeforeItCame() {
        Listener.Of0 listener = () -> heard.add("off");
        Registration registration = socket.once("e", () -> heard.add("closed"));
        socket.once("e", listener);

        registration.close();
        socket.off("e", listener);
        client.send("2[\"e\"]");

        assertThat(heard).isEmpty();
    }

    @Test
    void removesTheNewestOfAListenerThatWasAddedSeveralTimes() {
        Listener.Of1<String> listener = text -> heard.add(text);
        Registration first = socket.on("e", String.class, listener);
        socket.on("e", () -> heard.add("between"));
        socket.on("e", String.class, listener);

        socket.off("e", listener);
        client.send("2[\"e\",\"a\"]");
        first.close();
        client.send("2[\"e\",\"b\"]");
        socket.off("e", listener);

        assertThat(heard).containsExactly("a", "between", "between");
    }

    @Test
    void removesAllListenersOfAnEvent() {
        socket.on("e", () -> heard.add("e"));
        socket.on("e", () -> heard.add("e too"));
        socket.on("f", () -> heard.add("f"));

        socket.off("e");
        socket.off("unknown");
        client.send("2[\"e\"]");
        client.send("2[\"f\"]");

        assertThat(heard).containsExactly("f");
    }

    @Test
    void removesAllListenersOfAllEvents() {
        socket.on("e", () -> heard.add("e"));
        socket.on("f", () -> heard.add("f"));
        socket.onAny((event, arguments) -> heard.add("any"));
        socket.onDisconnect(reason -> heard.add("disconnected"));

        socket.removeAllListeners();
        client.send("2[\"e\"]");
        client.send("2[\"f\"]");
        socket.on("f", () -> heard.add("new"));
        client.send("2[\"f\"]");
        client.send("1");

        assertThat(heard).containsExactly("any", "any", "any", "new", "disconnected");
    }

    @Test
    void tellsWhoListens() {
        Listener.Of0 first = () -> {};
        Listener.Of1<String> second = text -> {};
        assertThat(socket.eventNames()).isEmpty();
        assertThat(socket.listeners("e")).isEmpty();

        socket.on("e", first);
        socket.on("f", first);
        socket.once("e", String.class, second);

        assertThat(socket.eventNames()).containsExactlyInAnyOrder("e", "f");
        assertThat(socket.listeners("e")).containsExactly(first, second);
    }

    @Test
    void callsThoseWhoListenedWhenTheEventCame() {
        Listener.Of0 second = () -> heard.add("second");
        socket.on("e", () -> {
            heard.add("first");
            socket.off("e", second);
        });
        socket.on("e", second);

        client.send("2[\"e\"]");
        client.send("2[\"e\"]");

        assertThat(heard).containsExactly("first", "second", "first");
    }

    @Test
    void mayBeChangedByAListener() {
        List<Registration> registrations = new ArrayList<>();
        registrations.add(socket.on("e", () -> {
            heard.add("once");
            registrations.get(0).close();
            socket.on("e", () -> heard.add("next time"));
        }));

        client.send("2[\"e\"]");
        client.send("2[\"e\"]");

        assertThat(heard).containsExactly("once", "next time");
    }

    @Test
    void logsAnExceptionOnceWithEventAndSocket() {
        IllegalStateException failure = new IllegalStateException("broken");
        socket.on("e", () -> {
            throw failure;
        });
        socket.on("e", () -> heard.add("next"));

        List<LogRecord> records = recordsOf("2[\"e\"]");

        assertThat(records).hasSize(1);
        LogRecord record = records.get(0);
        assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
        assertThat(record.getMessage()).contains("\"e\"", socket.id());
        assertThat(record.getThrown()).isSameAs(failure);
        assertThat(heard).containsExactly("next");
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void logsAnErrorJustSo() {
        socket.onAny((event, arguments) -> {
            throw new NoClassDefFoundError("dev/Missing");
        });
        socket.on("e", () -> heard.add("next"));

        assertThat(recordsOf("2[\"e\"]")).hasSize(1);
        assertThat(heard).containsExactly("next");
    }

    @Test
    void logsACheckedExceptionOfACatchAllListener() {
        socket.onAny((event, arguments) -> {
            throw new java.io.IOException("broken");
        });

        assertThat(recordsOf("2[\"e\"]")).hasSize(1);
        assertThat(socket.isConnected()).isTrue();
    }

    private List<LogRecord> recordsOf(String packet) {
        try (LogCapture log = new LogCapture(Listeners.class)) {
            client.send(packet);
            return log.records();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesReservedNames(String event) {
        assertThatThrownBy(() -> socket.on(event, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("event is \"" + event + "\", a reserved name: ");
        assertThatThrownBy(() -> socket.once(event, () -> {})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.emit(event)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.emitWithAck(event)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> io.emit(event)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> io.to("room").emit(event)).isInstanceOf(IllegalArgumentException.class);
        assertThat(client.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void closesOnAReservedNameFromTheClient(String event) {
        client.send("2[\"" + event + "\"]");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void refusesAListenerThatIsMissing() {
        assertThatThrownBy(() -> socket.on("e", (Listener.Of0) missing())).hasMessage("listener");
        assertThatThrownBy(() -> socket.on("e", (Listener.OfAny) missing())).hasMessage("listener");
        Listener.Of1<String> noListener = missing();
        Class<String> noType = missing();
        assertThatThrownBy(() -> socket.once("e", String.class, noListener)).hasMessage("listener");
        assertThatThrownBy(() -> socket.once("e", noType, text -> {})).hasMessage("type");
        assertThatThrownBy(() -> socket.off("e", missing())).hasMessage("listener");
        assertThatThrownBy(() -> socket.onAny(missing())).hasMessage("listener");
        assertThatThrownBy(() -> socket.onError(missing())).hasMessage("listener");
        assertThatThrownBy(() -> socket.use(missing())).hasMessage("middleware");
        assertThatThrownBy(() -> socket.onDisconnect(missing())).hasMessage("listener");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a caller without a null checker may do
    private static <T> T missing() {
        return null;
    }

    @Test
    void emitsValuesAndBytes() {
        socket.emit("e");
        socket.emit("e", "text", 1, true, null, List.of(2));
        socket.emit("e", new byte[] {1}, "between", new byte[] {(byte) 0xff});

        assertThat(client.received())
                .containsExactly(
                        "2[\"e\"]",
                        "2[\"e\",\"text\",1,true,null,[2]]",
                        "52-[\"e\",{\"_placeholder\":true,\"num\":0},\"between\",{\"_placeholder\":true,\"num\":1}]",
                        "<01>",
                        "<ff>");
    }

    @Test
    void sendsMessages() {
        assertThat(socket.send("text", 1)).isTrue();
        socket.compress(false).send();

        assertThat(client.received()).containsExactly("2[\"message\",\"text\",1]", "2[\"message\"]");
    }

    @Test
    void sendsNothingIfAValueCannotBeWritten() {
        assertThatThrownBy(() -> socket.emit("e", "fine", new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThat(client.received()).isEmpty();
    }

    @Test
    void sendsBackWhatCame() {
        socket.on("e", (arguments, ack) -> socket.emit("back", arguments.toArray()));

        client.send("51-[\"e\",1,{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[] {7});

        assertThat(client.received()).containsExactly("51-[\"back\",1,{\"_placeholder\":true,\"num\":0}]", "<07>");
    }
}
