package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets with arbitrary damage, the same on every run: they are read or refused, and nothing else happens. */
class DecoderFuzzTest {

    private static final int ROUNDS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";
    private static final List<String> PACKETS = List.of(
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
    private static final String SPICE = "0123456789-,/[]{}\":\\ .eE+_x\u0000\ud800\udc00€'tfn";

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final Random random = new Random(2026);

    @Test
    void damagedPacketsAreReadOrRefused() {
        int[] outcomes = new int[2];

        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                TextDecoder decoder = new TextDecoder(json, 10);
                outcomes[isRead(decoder, damage(any(PACKETS))) ? 0 : 1]++;
            }
        });

        // Neither outcome is rare, so that both are really tried.
        assertThat(outcomes[0]).isGreaterThan(ROUNDS / 20);
        assertThat(outcomes[1]).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void aDecoderStaysSoundWhateverItHasRefused() {
        TextDecoder decoder = new TextDecoder(json, 10);

        for (int i = 0; i < ROUNDS; i++) {
            isRead(decoder, damage(any(PACKETS)));
            while (decoder.isWaiting()) {
                isRead(decoder, new byte[] {1});
            }
            assertThat(decoder.add("2[\"e\",1]")).hasToString("Event[namespace=/, name=e, arguments=[1], ackId=null]");
        }
    }

    /** Returns false if the packet is refused; anything but a {@link PacketException} fails the test. */
    private boolean isRead(TextDecoder decoder, String text) {
        try {
            decoder.add(text);
            while (decoder.isWaiting() && random.nextInt(4) > 0) {
                decoder.add(new byte[] {1});
            }
            return true;
        } catch (PacketException refused) {
            return false;
        }
    }

    private static boolean isRead(TextDecoder decoder, byte[] bytes) {
        try {
            decoder.add(bytes);
            return true;
        } catch (PacketException refused) {
            return false;
        }
    }

    private String damage(String packet) {
        StringBuilder text = new StringBuilder(packet);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(4));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 2 -> text.replace(at, end, "" + (char) random.nextInt(0x10000));
                case 3 -> text.insert(at, text.substring(at, end).repeat(random.nextInt(50)));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
