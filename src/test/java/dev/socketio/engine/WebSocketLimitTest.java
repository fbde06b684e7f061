package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The longest message that is taken, in bytes. */
class WebSocketLimitTest {

    private static final int LIMIT = 20;

    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().maxHttpBufferSize(LIMIT));
    private FakeChannel channel = new FakeChannel();

    @BeforeEach
    void open() {
        channel = engine.openWebSocket().forget();
    }

    /** Messages of exactly {@link #LIMIT} bytes. */
    static Stream<Arguments> longest() {
        return Stream.of(
                Arguments.of("4" + "x".repeat(19), List.of(7, 13)),
                Arguments.of("4x" + "ä".repeat(9), List.of(3, 6)),
                Arguments.of("4x" + "€".repeat(6), List.of(3, 4, 5)),
                Arguments.of("4xxx" + "😀".repeat(4), List.of(6, 8, 10)),
                Arguments.of("4ä€😀" + "x".repeat(10), List.of(1, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("longest")
    void takesATextOfTheLimit(String message) {
        channel.receive(message);

        assertThat(engine.above.events).containsExactly("message: " + message.substring(1));
    }

    @ParameterizedTest
    @MethodSource("longest")
    void refusesATextOverTheLimit(String message) {
        channel.receive(message + "x");

        assertThat(engine.above.events).containsExactly("close: transport error, message of more than 20 bytes");
    }

    @ParameterizedTest
    @MethodSource("longest")
    void takesPartsOfATextOfTheLimit(String message, List<Integer> ends) {
        receiveInParts(message, ends);

        assertThat(engine.above.events).containsExactly("message: " + message.substring(1));
    }

    @ParameterizedTest
    @MethodSource("longest")
    void refusesPartsOfATextOverTheLimit(String message, List<Integer> ends) {
        receiveInParts(message + "x", ends);

        assertThat(engine.above.events).containsExactly("close: transport error, message of more than 20 bytes");
    }

    @ParameterizedTest
    @MethodSource("longest")
    void takesBytesOfTheLimit(String message) {
        channel.receive(message.getBytes(StandardCharsets.UTF_8));

        assertThat(engine.above.events).singleElement().asString().startsWith("bytes: [52, ");
    }

    @Test
    void refusesBytesOverTheLimit() {
        channel.receive(new byte[LIMIT + 1]);

        assertThat(engine.above.events).containsExactly("close: transport error, message of more than 20 bytes");
    }

    @Test
    void takesPartsOfBytesOfTheLimit() {
        channel.transport().onBinary(ByteBuffer.allocate(LIMIT / 2), false);
        channel.transport().onBinary(ByteBuffer.allocate(LIMIT / 2), true);

        assertThat(engine.above.events).singleElement().asString().startsWith("bytes: [0, ");
    }

    @Test
    void refusesPartsOfBytesOverTheLimit() {
        channel.transport().onBinary(ByteBuffer.allocate(LIMIT), false);
        channel.transport().onBinary(ByteBuffer.allocate(1), true);

        assertThat(engine.above.events).containsExactly("close: transport error, message of more than 20 bytes");
    }

    @Test
    void refusesBeforeTheLastPartHasCome() {
        channel.transport().onText("4" + "x".repeat(LIMIT), false);

        assertThat(engine.above.events).hasSize(1);
    }

    @Test
    void tellsTheClientWithACode() {
        channel.receive(new byte[LIMIT + 1]);

        assertThat(channel.calls).containsExactly("close 1009 message too big");
    }

    @Test
    void startsToCountAnewWithEachMessage() {
        channel.transport().onText("4" + "x".repeat(10), false);
        channel.transport().onText("", true);
        channel.transport().onText("4" + "x".repeat(10), false);
        channel.transport().onText("", true);

        assertThat(engine.above.events).hasSize(2).containsOnly("message: xxxxxxxxxx");
    }

    @Test
    void ignoresTheRestOfAMessageOverTheLimit() {
        channel.transport().onText("4" + "x".repeat(LIMIT), false);
        channel.transport().onText("4hello", true);

        assertThat(engine.above.events).hasSize(1);
        assertThat(channel.calls).hasSize(1);
    }

    private void receiveInParts(String message, List<Integer> ends) {
        int start = 0;
        for (int end : ends) {
            channel.transport().onText(message.substring(start, end), false);
            start = end;
        }
        channel.transport().onText(message.substring(start), true);
    }
}
