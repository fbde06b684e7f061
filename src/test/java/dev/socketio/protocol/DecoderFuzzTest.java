package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.testing.Fuzz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of any kind are read or refused, and nothing else happens. */
class DecoderFuzzTest {

    private static final int MAX_PAYLOAD = 4_000_000;
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";
    private static final List<String> TEXTS = List.of(
            "0",
            "0/admin,{\"token\":\"abc\"}",
            "1/admin,",
            "2[\"chat message\",{\"text\":\"hello\",\"n\":[1,2.5e3,true,null]}]",
            "2/admin,12[\"e\",\"ä€😀\\u0041\"]",
            "399[\"x\",-1]",
            "4{\"message\":\"no\"}",
            "51-[\"e\"," + PLACEHOLDER + "]",
            "52-/admin,7[\"e\",{\"a\":[" + PLACEHOLDER + "]}]",
            "61-7[" + PLACEHOLDER + "]");

    private final ObjectMapper json = Json.mapper(MAX_PAYLOAD);
    private final Fuzz fuzz = Fuzz.seeded(2026);

    private static List<byte[]> messagePack() {
        MsgpackEncoder encoder = new MsgpackEncoder(Json.mapper(MAX_PAYLOAD));
        List<byte[]> packets = new ArrayList<>();
        for (EncodedPacket packet : List.of(
                encoder.connect("/", List.of()),
                encoder.connect("/admin", Outgoing.refusal("abc", null)),
                encoder.disconnect("/admin"),
                encoder.connectError("/", Outgoing.refusal("no", new byte[] {1, 2})),
                encoder.ack("/", "99", Arrays.asList("x", -1, null)),
                encoder.event(Outgoing.event("/", "e", new Object[] {new byte[] {1}, 2.5, true, "ä€😀"}, -1)),
                encoder.event(Outgoing.event("/a", "e", new Object[] {new int[20], 1L << 40, -70_000}, 300)))) {
            packets.add(packet.attachments().get(0));
        }
        packets.add(HexFormat.of().parseHex("83a47479706502a36e7370a12fa46461746193a165d40000d7000000019b76daa87b"));
        return packets;
    }

    @Test
    void textIsReadOrRefused() {
        fuzz.texts(TEXTS, text -> reads(new TextDecoder(json, 10), text));
    }

    @Test
    void messagePackIsReadOrRefused() {
        MsgpackDecoder decoder = new MsgpackDecoder(json);
        fuzz.bytes(messagePack(), packet -> reads(decoder, packet));
    }

    @Test
    void aDecoderStaysSoundWhateverItHasRefused() {
        TextDecoder decoder = new TextDecoder(json, 10);
        fuzz.texts(TEXTS, text -> {
            boolean read = reads(decoder, text);
            while (decoder.isWaiting()) {
                reads(decoder, new byte[] {1});
            }
            assertThat(decoder.add("2[\"e\",1]")).hasToString("Event[namespace=/, name=e, arguments=[1], ackId=null]");
            return read;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[],",
                "{},",
                "[[]],",
                "{\"a\":",
                "{\"\":{}},",
                "\"\",",
                "\"\\u0041\",",
                "1,",
                "1e9,",
                "9",
                "\\",
                "{\"_placeholder\":true},",
                " ",
                "-",
                "0-",
                "/",
                ","
            })
    void workGrowsWithTheText(String piece) {
        for (String head : List.of("2[\"e\",", "51-[\"e\",", "2", "5", "0/")) {
            Fuzz.growsWithItsInput(
                    size -> head + piece.repeat(size / piece.length()), text -> reads(new TextDecoder(json, 10), text));
            Fuzz.growsWithItsInput(
                    size -> head + piece.repeat(size / piece.length()) + "0]",
                    text -> reads(new TextDecoder(json, 10), text));
        }
    }

    @Test
    void workGrowsWithTheNumberOfKeysThatShareAHash() {
        IntFunction<String> colliding = size -> {
            StringBuilder text = new StringBuilder("2[\"e\",{");
            for (int i = 0; text.length() < size; i++) {
                text.append('"');
                for (int bit = 0; bit < 16; bit++) {
                    text.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // "Aa" and "BB" have the same hash code
                }
                text.append("\":0,");
            }
            return text.append("\"end\":0}]").toString();
        };
        Fuzz.growsWithItsInput(colliding, text -> reads(new TextDecoder(json, 10), text));
    }

    /** Lists of values that go on and on; what these announce need not come. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0",
                "90",
                "80",
                "91",
                "81a0",
                "81a161",
                "91c0",
                "a0",
                "a161",
                "c400",
                "cb0000000000000000",
                "d40000",
                "d7000000000000000000",
                "dc0010",
                "ddffffffff",
                "dfffffffffa161",
                "dbffffffff",
                "c6ffffffff",
                "c9ffffffff00"
            })
    void workGrowsWithTheMessagePack(String piece) {
        int length = piece.length() / 2;
        IntFunction<byte[]> list = size -> {
            String values = piece.repeat(size / length);
            String head =
                    "83a47479706502a36e7370a12fa464617461dd" + HexFormat.of().toHexDigits(size / length + 1);
            return HexFormat.of().parseHex(head + "a165" + values);
        };
        Fuzz.growsWithItsInput(list, packet -> reads(new MsgpackDecoder(json), packet));
    }

    @Test
    void workGrowsWithTheSizeOfAMap() {
        IntFunction<byte[]> map = size -> {
            MsgpackWriter packet = new MsgpackWriter();
            packet.writeMapHeader(size / 6);
            for (int i = 0; i < size / 6; i++) {
                packet.write(Integer.toString(i, 36));
                packet.write(0);
            }
            return packet.toByteArray();
        };
        Fuzz.growsWithItsInput(map, packet -> reads(new MsgpackDecoder(json), packet));
    }

    /** Returns false if the packet is refused; anything but a {@link PacketException} gets through. */
    private boolean reads(Parser.Decoder decoder, String text) {
        try {
            Packet packet = decoder.add(text);
            while (decoder.isWaiting() && fuzz.below(4) > 0) {
                packet = decoder.add(new byte[] {1});
            }
            return decoder.isWaiting() || requireNonNull(packet).namespace().startsWith("/");
        } catch (PacketException refused) {
            return false;
        }
    }

    private static boolean reads(Parser.Decoder decoder, byte[] bytes) {
        try {
            decoder.add(bytes);
            return true;
        } catch (PacketException refused) {
            return false;
        }
    }
}
