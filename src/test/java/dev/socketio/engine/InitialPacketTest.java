package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A message that every client gets right after the handshake. */
class InitialPacketTest {

    @Test
    void comesWithTheHandshakeOverPolling() {
        EngineFixture engine = new EngineFixture(EngineOptions.builder().initialPacket("hello"));

        assertThat(engine.handle(FakeExchange.get(POLLING)).text())
                .startsWith("0{")
                .endsWith("}\u001e4hello");
    }

    @Test
    void followsTheHandshakeOverWebSocket() {
        EngineFixture engine = new EngineFixture(EngineOptions.builder().initialPacket("hello"));

        assertThat(engine.openWebSocket().calls).singleElement().asString().endsWith("}, 4hello]");
    }

    @Test
    void comesBeforeWhatTheApplicationSends() {
        EngineServer server = new EngineServer(
                EngineOptions.builder().initialPacket("first").build(),
                socket -> {
                    socket.send("second");
                    return new RecordingListener();
                },
                new EngineFixture().time);
        FakeExchange exchange = FakeExchange.get(POLLING);

        server.handle(exchange);

        assertThat(exchange.text()).endsWith("}\u001e4first\u001e4second");
    }

    @Test
    void mayBeBytesWhichAreCopied() {
        byte[] bytes = {1, 2, 3};
        EngineFixture engine = new EngineFixture(EngineOptions.builder().initialPacket(bytes));
        bytes[0] = 9;

        assertThat(engine.handle(FakeExchange.get(POLLING)).text()).endsWith("}\u001ebAQID");
    }
}
