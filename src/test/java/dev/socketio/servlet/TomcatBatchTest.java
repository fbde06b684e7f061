package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EnginePacket;
import dev.socketio.servlet.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TomcatBatchTest {

    private static final int MAX_PIECE = 1000;

    private static TomcatBatch batch(EnginePacket... packets) {
        return new TomcatBatch(List.of(packets), failure -> {}, MAX_PIECE);
    }

    private static EnginePacket text(int length) {
        return EnginePacket.message("x".repeat(length - 1)); // after the digit of its type
    }

    /** Returns the sizes of the pieces, in bytes. */
    private static List<Integer> pieces(TomcatBatch batch, ByteArrayOutputStream bytes) {
        List<Integer> sizes = new ArrayList<>();
        while (batch.hasNext()) {
            int size = 0;
            for (ByteBuffer buffer : batch.next()) {
                size += buffer.remaining();
                bytes.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            }
            sizes.add(size);
        }
        return sizes;
    }

    private static byte[] frame(EnginePacket packet) {
        return RawWebSocket.encode(
                new Frame(true, packet.isBinary() ? RawWebSocket.BINARY : RawWebSocket.TEXT, packet.encoded()),
                new byte[0]);
    }

    @Test
    void smallMessagesShareAPiece() {
        TomcatBatch batch = batch(text(10), text(125), text(126), text(20));

        assertThat(pieces(batch, new ByteArrayOutputStream())).containsExactly(2 + 10 + 2 + 125 + 4 + 126 + 2 + 20);
    }

    @Test
    void aPieceEndsWhereTheNextMessageWouldBeTooMuch() {
        assertThat(pieces(batch(text(600), text(390), text(392), text(1)), new ByteArrayOutputStream()))
                .containsExactly(604 + 394, 396 + 3);
    }

    @Test
    void aLargeMessageIsCut() {
        assertThat(pieces(batch(text(3), text(2500), text(1000)), new ByteArrayOutputStream()))
                .containsExactly(5, 4 + 1000, 1000, 500, 1004);
    }

    @Test
    void allOfItIsThereInOrder() {
        EnginePacket[] packets = {
            text(1),
            EnginePacket.message(new byte[] {1, 2, 3}),
            text(999),
            text(70_000),
            EnginePacket.message(new byte[65_535]),
            EnginePacket.message(new byte[0]),
            EnginePacket.message("\u00fc\ud83d\ude00"),
        };
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (EnginePacket packet : packets) {
            expected.writeBytes(frame(packet));
        }

        ByteArrayOutputStream written = new ByteArrayOutputStream();
        pieces(batch(packets), written);

        assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void saysWhatIsOnItsWay() {
        EnginePacket first = text(900);
        EnginePacket large = text(1500);
        TomcatBatch batch = batch(first, large);

        batch.next();
        assertThat(batch.isBetweenFrames()).isTrue();
        assertThat(batch.begun()).containsExactly(first);
        assertThat(batch.rest()).containsExactly(large);

        batch.next();
        assertThat(batch.isBetweenFrames()).isFalse();

        batch.next();
        assertThat(batch.isBetweenFrames()).isTrue();
        assertThat(batch.hasNext()).isFalse();
    }

    @Test
    void endsOnce() {
        TomcatBatch batch = batch();

        assertThat(batch.end()).isTrue();
        assertThat(batch.end()).isFalse();
    }
}
