package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST: what the client has to say. */
class PostTest {

    private static final int LIMIT = 20;

    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().maxHttpBufferSize(LIMIT));

    @BeforeEach
    void open() {
        engine.openPolling();
    }

    @Test
    void isAnsweredWithOk() {
        HttpReply reply = engine.post("4hello").reply();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo("text/html");
        assertThat(reply.body()).asString().isEqualTo("ok");
        assertThat(reply.fresh()).isTrue();
    }

    @Test
    void bringsAMessage() {
        engine.post("4hello");

        assertThat(engine.above.events).containsExactly("message: hello");
    }

    @Test
    void bringsSeveralMessagesInOrder() {
        engine.post("4a\u001ebAQIDBA==\u001e4b");

        assertThat(engine.above.events).containsExactly("message: a", "bytes: [1, 2, 3, 4]", "message: b");
    }

    @Test
    void bringsBytesInTheUrlSafeAlphabet() {
        engine.post("b-_8");

        assertThat(engine.above.events).containsExactly("bytes: [-5, -1]");
    }

    @Test
    void bringsTextAsUtf8() {
        engine.post("4ä€😀");

        assertThat(engine.above.events).containsExactly("message: ä€😀");
    }

    @Test
    void brokenUtf8IsReplaced() {
        engine.handle(FakeExchange.post(engine.session(POLLING), new byte[] {'4', (byte) 0xff}));

        assertThat(engine.above.events).containsExactly("message: \ufffd");
    }

    @Test
    void goesBesidesAPoll() {
        FakeExchange poll = engine.poll();

        assertThat(engine.post("4hello")).hasToString("200 ok");
        assertThat(poll.isAnswered()).isFalse();
    }

    @Test
    void canFollowAnother() {
        engine.post("4a");
        engine.post("4b");

        assertThat(engine.above.events).containsExactly("message: a", "message: b");
    }

    @Test
    void secondPostIsRefusedAndEndsTheSession() {
        slowPost("4a");

        FakeExchange second = engine.post("4b");

        assertThat(second).hasToString("400");
        assertThat(engine.above.events).containsExactly("close: transport error, data request overlap from client");
    }

    @Test
    void overlappedPostBringsNothingMore() {
        FakeExchange first = slowPost("4a");
        engine.post("4b");

        first.deliverBody();

        assertThat(engine.above.events).hasSize(1);
        assertThat(first.isAnswered()).isTrue();
    }

    @Test
    void octetStreamIsRefusedAndEndsTheSession() {
        FakeExchange post = postAs("application/octet-stream");

        assertThat(post).hasToString("400");
        assertThat(engine.above.events).containsExactly("close: transport error, invalid content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream; x=y", "text/plain;charset=UTF-8", "application/json"})
    void anyOtherContentTypeIsText(String contentType) {
        FakeExchange post = postAs(contentType);

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: a");
    }

    @Test
    void takesABodyOfTheLimit() {
        assertThat(engine.post("4" + "x".repeat(LIMIT - 1))).hasToString("200 ok");
    }

    @Test
    void refusesABodyOverTheLimit() {
        assertThat(engine.post("4" + "x".repeat(LIMIT))).hasToString("413");
    }

    @Test
    void countsTheBodyInBytes() {
        assertThat(engine.post("4" + "ä".repeat(LIMIT / 2))).hasToString("413");
    }

    @Test
    void sessionGoesOnAfterABodyOverTheLimit() {
        engine.post("4" + "x".repeat(LIMIT));

        assertThat(engine.post("4hello")).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: hello");
    }

    @Test
    void clientThatGoesAwayWhileItPostsEndsTheSession() {
        FakeExchange poll = engine.poll();
        FakeExchange post = slowPost("4hello");

        post.abortBody();

        assertThat(poll).hasToString("200 1");
        assertThat(engine.above.events)
                .containsExactly("close: transport error, data request connection closed prematurely");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "9", "{}", "\u001e", "4a\u001e"})
    void whatIsNoPacketEndsTheSession(String body) {
        FakeExchange poll = engine.poll();

        FakeExchange post = engine.post(body);

        assertThat(post).hasToString("200 ok");
        assertThat(poll).hasToString("200 1");
        assertThat(engine.above.events).last().isEqualTo("close: parse error, not an Engine.IO packet");
    }

    @Test
    void packetsBeforeOneThatIsNoneCount() {
        engine.post("4a\u001eabc\u001e4b");

        assertThat(engine.above.events).containsExactly("message: a", "close: parse error, not an Engine.IO packet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2probe"})
    void pingOfAClientEndsTheSession(String ping) {
        FakeExchange post = engine.post(ping);

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("close: transport error, invalid heartbeat direction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0{}", "3", "5", "6"})
    void packetsThatMeanNothingAreIgnored(String packet) {
        FakeExchange post = engine.post(packet);

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).isEmpty();
        assertThat(engine.socket().isOpen()).isTrue();
    }

    private FakeExchange slowPost(String body) {
        return engine.handle(FakeExchange.post(engine.session(POLLING), body).withSlowBody());
    }

    private FakeExchange postAs(String contentType) {
        return engine.handle(FakeExchange.post(engine.session(POLLING), "4a").withHeader("Content-Type", contentType));
    }
}
