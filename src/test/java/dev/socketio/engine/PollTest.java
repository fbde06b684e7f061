package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET: what the client gets to read. */
class PollTest {

    private final EngineFixture engine = new EngineFixture();

    @BeforeEach
    void open() {
        engine.openPolling();
    }

    @Test
    void waitsUntilThereIsSomethingToSay() {
        FakeExchange poll = engine.poll();
        assertThat(poll.isAnswered()).isFalse();

        engine.socket().send("hello");
        assertThat(poll).hasToString("200 4hello");
    }

    @Test
    void isAnsweredAtOnceWithWhatWaits() {
        engine.socket().send("hello");

        assertThat(engine.poll()).hasToString("200 4hello");
    }

    @Test
    void isAnsweredWithTextThatIsNotCached() {
        engine.socket().send("hello");

        HttpReply reply = engine.poll().reply();
        assertThat(reply.contentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(reply.fresh()).isTrue();
    }

    @Test
    void takesAllThatWaitsInOneAnswer() {
        engine.socket().send("a");
        engine.socket().send(new byte[] {1, 2, 3, 4});
        engine.socket().send("b");

        assertThat(engine.poll()).hasToString("200 4a\u001ebAQIDBA==\u001e4b");
    }

    @Test
    void carriesOneMessageIfItWasThereFirst() {
        FakeExchange poll = engine.poll();
        engine.socket().send("a");
        engine.socket().send("b");
        engine.socket().send("c");

        assertThat(poll).hasToString("200 4a");
        assertThat(engine.poll()).hasToString("200 4b\u001e4c");
    }

    @Test
    void carriesMessagesThatBelongTogether() {
        FakeExchange poll = engine.poll();

        engine.socket().send(List.of(EnginePacket.message("a"), EnginePacket.message(new byte[] {1})));

        assertThat(poll).hasToString("200 4a\u001ebAQ==");
    }

    @Test
    void carriesTextAsUtf8() {
        engine.socket().send("ä€😀");

        assertThat(engine.poll().reply().body())
                .containsExactly('4', 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80);
    }

    @Test
    void carriesThePing() {
        FakeExchange poll = engine.poll();

        engine.time.advance(engine.server.options().pingInterval());

        assertThat(poll).hasToString("200 2");
    }

    @Test
    void handshakeCarriesWhatTheHandlerSends() {
        EngineServer eager = new EngineServer(
                EngineOptions.builder().build(),
                socket -> {
                    socket.send("welcome");
                    return engine.above;
                },
                engine.time);

        FakeExchange handshake = FakeExchange.get(POLLING);
        eager.handle(handshake);

        assertThat(handshake.text()).startsWith("0{").endsWith("}\u001e4welcome");
    }

    @Test
    void secondPollIsRefusedAndEndsTheSession() {
        FakeExchange first = engine.poll();
        FakeExchange second = engine.poll();

        assertThat(second).hasToString("400");
        assertThat(first).hasToString("200 1");
        assertThat(engine.above.events).containsExactly("close: transport error, overlap from client");
    }

    @Test
    void clientThatGoesAwayWhileItPollsEndsTheSession() {
        FakeExchange poll = engine.poll();

        poll.gone();

        assertThat(engine.above.events).containsExactly("close: transport error, poll connection closed prematurely");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void clientMayGoAwayOnceItHasItsAnswer() {
        FakeExchange poll = engine.poll();
        engine.socket().send("hello");

        poll.gone();

        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void lateNewsOfAnOldPollDoesNotConcernTheNext() {
        FakeExchange old = engine.poll();
        engine.socket().send("hello");
        FakeExchange next = engine.poll();

        old.gone();

        assertThat(next.isAnswered()).isFalse();
        assertThat(engine.above.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
    void otherMethodsFailAndLeaveTheSessionAlone(String method) {
        FakeExchange poll = engine.poll();

        assertThat(engine.request(method)).hasToString("500");

        engine.socket().send("hello");
        assertThat(poll).hasToString("200 4hello");
    }
}
