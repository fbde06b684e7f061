package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that a client cuts into parts without end. */
class UnfinishedMessageTest {

    private static final int LIMIT = 20;

    private final UnfinishedMessage message = new UnfinishedMessage(LIMIT);
    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().maxHttpBufferSize(LIMIT));

    @Test
    void takesAnyNumberOfPartsThatBringNothing() {
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(message.add("")).isTrue();
        }
        assertThat(message.add("x")).isTrue();

        assertThat(message.takeText()).isEqualTo("x");
        assertThat(message.isBegun()).isFalse();
    }

    @Test
    void takesPartsOfOneByteUpToTheLimit() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(message.add(ByteBuffer.allocate(1))).isTrue();
        }

        assertThat(message.add(ByteBuffer.allocate(1))).isFalse();
        assertThat(message.isBegun()).as("what was too much is kept").isFalse();
    }

    @Test
    void addsUpBeyondWhatAnIntCanSay(@TempDir Path folder) throws Exception {
        UnfinishedMessage boundless = new UnfinishedMessage(Integer.MAX_VALUE);
        boundless.add(ByteBuffer.allocate(1));
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            file.setLength(Integer.MAX_VALUE); // takes neither memory nor disk
            ByteBuffer part = file.getChannel().map(MapMode.READ_ONLY, 0, Integer.MAX_VALUE);

            assertThat(boundless.add(part)).isFalse();
        }
    }

    @Test
    void emptyPartsKeepNobodyAlive() {
        FakeChannel channel = engine.openWebSocket().forget();
        for (int second = 0; second < 45; second++) {
            channel.transport().onText("", /* last= */ false);
            channel.transport().onText("", /* last= */ false);
            engine.time.advance(Duration.ofSeconds(1));
        }

        assertThat(engine.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void nothingIsHeardAfterAMessageThatWasTooBig() {
        FakeChannel channel = engine.openWebSocket().forget();
        channel.transport().onBinary(ByteBuffer.allocate(LIMIT + 1), /* last= */ false);
        for (int i = 0; i < 1_000; i++) {
            channel.transport().onBinary(ByteBuffer.allocate(LIMIT), /* last= */ false);
        }
        channel.transport().onText("4next", /* last= */ true);

        assertThat(engine.above.events).containsExactly("close: transport error, message of more than 20 bytes");
        assertThat(channel.calls).containsExactly("close 1009 message too big");
    }
}
