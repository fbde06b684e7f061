package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a layer above may do while it is being told something. */
class EngineListenerTest {

    private final FakeScheduler time = new FakeScheduler();
    private final List<String> events = new ArrayList<>();

    private Consumer<EngineSocket> onConnection = socket -> {};
    private BiConsumer<EngineSocket, String> onMessage = (socket, text) -> {};
    private Consumer<EngineSocket> onClose = socket -> {};

    private final EngineServer server =
            new EngineServer(EngineOptions.builder().maxOutboxBytes(200).build(), this::connect, time);

    @Test
    void mayAnswerAMessage() throws EngineRefusal {
        onMessage = (socket, text) -> socket.send(text + "!");
        FakeChannel channel = openWebSocket().forget();

        channel.receive("4hello");

        assertThat(channel.calls).containsExactly("[4hello!]");
    }

    @Test
    void mayCloseOnAMessage() throws EngineRefusal {
        onMessage = (socket, text) -> socket.close();
        FakeChannel channel = openWebSocket().forget();

        channel.receive("4a");
        channel.receive("4b");

        assertThat(events).containsExactly("message: a", "close: forced close");
        assertThat(channel.calls).containsExactly("close 1005");
    }

    @Test
    void hearsNoMoreOfAPostOnceItHasClosed() throws EngineRefusal {
        onMessage = (socket, text) -> socket.close();
        FakeExchange post = FakeExchange.post(openPolling(), "4a\u001e4b\u001e4c");

        server.handle(post);

        assertThat(post).hasToString("200 ok");
        assertThat(events).containsExactly("message: a");
    }

    @Test
    void canSendNothingWhenItHearsOfTheEnd() throws EngineRefusal {
        onClose = socket -> events.add("sent: " + socket.send("too late"));
        FakeChannel channel = openWebSocket().forget();

        channel.receive("1");

        assertThat(events).containsExactly("close: transport close", "sent: false");
    }

    @Test
    void isNotAmongTheClientsWhenItHearsOfTheEnd() throws EngineRefusal {
        onClose = socket -> events.add("clients: " + server.clientsCount());
        FakeChannel channel = openWebSocket();

        channel.receive("1");

        assertThat(events).containsExactly("close: transport close", "clients: 0");
    }

    @Test
    void mayCloseAWebSocketWhenItConnects() throws EngineRefusal {
        onConnection = EngineSocket::close;

        FakeChannel channel = openWebSocket();

        assertThat(channel.calls).hasSize(2).last().isEqualTo("close 1005");
        assertThat(events).containsExactly("close: forced close");
        channel.transport().onClosed();
        assertThat(time.pending()).isZero();
    }

    @Test
    void mayCloseAPollingConnectionWhenItConnects() {
        onConnection = EngineSocket::close;

        String session = openPolling();
        FakeExchange poll = FakeExchange.get(session);
        server.handle(poll);

        assertThat(poll).hasToString("200 6\u001e1");
        assertThat(events).containsExactly("close: forced close");
        assertThat(time.pending()).isZero();
    }

    @Test
    void hearsOfAnEndThatCameWhileItConnected() {
        onConnection = socket -> socket.send(new byte[1_000]);

        FakeExchange handshake = FakeExchange.get(POLLING);
        server.handle(handshake);

        assertThat(events).containsExactly("close: outbox full");
        assertThat(handshake.isAnswered()).isTrue();
        assertThat(time.pending()).isZero();
    }

    @Test
    void mayPauseWhenItConnects() throws EngineRefusal {
        onConnection = EngineSocket::pause;

        FakeChannel channel = openWebSocket();

        assertThat(channel.calls).first().isEqualTo("pause");
    }

    private FakeChannel openWebSocket() throws EngineRefusal {
        FakeChannel channel = new FakeChannel();
        channel.opened(server.acceptWebSocket(FakeExchange.get(WEBSOCKET)).open(channel));
        return channel;
    }

    /** Returns the query of the session. */
    private String openPolling() {
        FakeExchange handshake = FakeExchange.get(POLLING);
        server.handle(handshake);
        String text = handshake.text();
        String id = text.substring("0{\"sid\":\"".length(), text.indexOf("\",\"upgrades"));
        return POLLING + "&sid=" + id;
    }

    private EngineListener connect(EngineSocket socket) {
        onConnection.accept(socket);
        return new EngineListener() {
            @Override
            public void onMessage(String text) {
                events.add("message: " + text);
                onMessage.accept(socket, text);
            }

            @Override
            public void onMessage(byte[] bytes) {}

            @Override
            public void onClose(CloseReason reason, String detail) {
                events.add("close: " + reason);
                onClose.accept(socket);
            }
        };
    }
}
