package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.testing.Fuzz;
import dev.socketio.time.FakeScheduler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of POSTs and messages of WebSockets, of any kind, are read or refused, and nothing else happens. */
class PayloadFuzzTest {

    private static final int MAX_BYTES = 64;

    private static final List<String> TEXTS = List.of(
            "4hello",
            "4ä€😀\u001e2probe\u001ebAQID",
            "b-_8=\u001e4\u001e1",
            "6:4hello5:2prob",
            "3:4ä€6:b4AQID1:6",
            "d=7:4hello%0A&x=1",
            "EIO=4&transport=polling&sid=%E2%82%AC+x&t=abc");

    private static final List<byte[]> BODIES = List.of(
            BinaryPayload.encode(List.of(EnginePacket.message("hello"))),
            BinaryPayload.encode(List.of(EnginePacket.message("ä€😀"), EnginePacket.PING)),
            BinaryPayload.encode(List.of(EnginePacket.message(new byte[20]), EnginePacket.message("x"))));

    private final Fuzz fuzz = Fuzz.seeded(2026);

    /** Every way to read a text. */
    static List<Reader> readers() {
        return List.of(
                new Reader("revision 4", text -> new PayloadV4().decode(text)),
                new Reader("revision 3", text -> new PayloadV3(/* mayBeEncodedTwice= */ false).decode(text)),
                new Reader("revision 3 before 2.0", text -> new PayloadV3(/* mayBeEncodedTwice= */ true).decode(text)),
                new Reader("JSONP", PayloadFuzzTest::field));
    }

    record Reader(String name, Function<String, Payload> payload) {

        boolean reads(String text) {
            return PayloadFuzzTest.reads(payload.apply(text), text.length());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Payload field(String form) {
        String field = Jsonp.field(form);
        return field == null ? Payload.NOTHING : new PayloadV3(/* mayBeEncodedTwice= */ false).decode(field);
    }

    /** Returns whether there are packets and nothing else. Each step consumes something. */
    private static boolean reads(Payload payload, int size) {
        int packets = 0;
        while (payload.hasNext()) {
            if (payload.next() == null) {
                return false;
            }
            packets++;
            if (packets > size + 1) {
                throw new AssertionError("more packets than characters");
            }
        }
        return packets > 0;
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aTextIsReadOrRefused(Reader reader) {
        fuzz.texts(TEXTS, reader::reads);
    }

    @Test
    void aBinaryPayloadIsReadOrRefused() {
        fuzz.bytes(BODIES, body -> reads(new BinaryPayload(body), body.length));
    }

    @Test
    void aQueryIsAlwaysRead() {
        fuzz.texts(TEXTS, text -> {
            Map<String, String> query = Query.parse(text).asMap();
            assertThat(query.size()).isLessThanOrEqualTo(text.length());
            return query.containsKey("transport");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001e", "4\u001e", "b\u001e", "0:", "1:4", "9", "00", "&", "d&", "d=1&", "%", "%41", "\\n", "\\\\",
                "Ã©", "€"
            })
    void workGrowsWithTheText(String piece) {
        for (Reader reader : readers()) {
            for (String head : List.of("", "d=", "4")) {
                Fuzz.growsWithItsInput(size -> head + piece.repeat(size / piece.length()), reader::reads);
            }
        }
        Fuzz.growsWithItsInput(
                size -> piece.repeat(size / piece.length()),
                text -> !Query.parse(text).asMap().isEmpty());
    }

    @Test
    void workGrowsWithTheBinaryPayload() {
        for (byte[] piece :
                List.of(new byte[] {0, -1}, new byte[] {0, 1, -1, '4'}, new byte[] {1, 1, -1, 4}, new byte[] {0})) {
            Fuzz.growsWithItsInput(
                    size -> {
                        byte[] body = new byte[size];
                        for (int i = 0; i < size; i++) {
                            body[i] = piece[i % piece.length];
                        }
                        return body;
                    },
                    body -> reads(new BinaryPayload(body), body.length));
        }
    }

    @Test
    void aTextInPartsIsTheSameText() {
        fuzz.texts(TEXTS, text -> {
            Recorded whole = new Recorded();
            whole.transport.onText(text, /* last= */ true);
            Recorded parts = new Recorded();
            int start = 0;
            while (start < text.length() && fuzz.below(4) > 0) {
                int end = start + fuzz.below(text.length() - start);
                parts.transport.onText(text.substring(start, end), /* last= */ false);
                start = end;
            }
            parts.transport.onText(text.substring(start), /* last= */ true);

            assertThat(parts.heard.get(0)).isEqualTo(whole.heard.get(0));
            return whole.heard.get(0).startsWith("packet");
        });
    }

    @Test
    void bytesInPartsAreTheSameBytes() {
        fuzz.bytes(BODIES, bytes -> {
            Recorded whole = new Recorded();
            whole.transport.onBinary(ByteBuffer.wrap(bytes), /* last= */ true);
            Recorded parts = new Recorded();
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining() && fuzz.below(4) > 0) {
                int length = fuzz.below(rest.remaining());
                parts.transport.onBinary(rest.slice(rest.position(), length), /* last= */ false);
                rest.position(rest.position() + length);
            }
            parts.transport.onBinary(rest, /* last= */ true);

            assertThat(parts.heard.get(0)).isEqualTo(whole.heard.get(0));
            return bytes.length % 2 == 0;
        });
    }

    /** A WebSocket that keeps what it hears. */
    private static final class Recorded implements Transport.Sink {

        private final List<String> heard = new ArrayList<>();
        private final WebSocketTransport transport;

        Recorded() {
            transport = new WebSocketTransport(
                    new FakeChannel(), this, WebSocketFormat.PLAIN, new FakeScheduler(), MAX_BYTES);
        }

        @Override
        public void onPacket(Transport from, EnginePacket packet) {
            heard.add(
                    "packet " + (packet.isBinary() ? new String(packet.bytes(), StandardCharsets.ISO_8859_1) : packet));
        }

        @Override
        public void onReady(Transport from) {}

        @Override
        public void onClosed(Transport from, CloseReason reason, String detail) {
            heard.add(reason + " " + detail);
        }
    }
}
