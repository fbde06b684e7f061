package dev.socketio.engine;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How clients of revision 3 write and read text over polling, which the text of the revision does not tell: until 2.0
 * they encoded text as UTF-8 before XMLHttpRequest did, and until 1.6 those that could take bytes could take nothing
 * else. All of them number their requests with a parameter {@code t}, in a form that changed with 1.6.
 */
enum Dialect {

    /** Takes text and Base64 only, as it says with {@code b64}. Which version it is shows when it encodes text twice. */
    TEXT_ONLY,

    /** Does as the revision says: bytes are sent as such where there are any. */
    STANDARD,

    /** A client of 1.6 or later. Text beyond ASCII reaches all of them unharmed in the binary payload only. */
    SINCE_1_6,

    /** A client before 1.6: everything goes to it in the binary payload. */
    BEFORE_1_6;

    private static final Pattern TIME_AND_COUNT = Pattern.compile("\\d{1,20}-\\d{1,20}");

    /**
     * Returns the dialect of a client.
     *
     * @param query that of the handshake
     */
    static Dialect of(Map<String, String> query) {
        String number = query.getOrDefault("t", "");
        if (!query.getOrDefault("b64", "").isEmpty()) {
            return TEXT_ONLY;
        }
        if (number.isEmpty()) {
            return STANDARD;
        }
        return TIME_AND_COUNT.matcher(number).matches() ? BEFORE_1_6 : SINCE_1_6;
    }

    /** Returns whether these packets go out in the binary payload. */
    boolean wantsBinary(List<EnginePacket> packets) {
        return switch (this) {
            case TEXT_ONLY -> false;
            case STANDARD -> packets.stream().anyMatch(EnginePacket::isBinary);
            case SINCE_1_6 -> packets.stream().anyMatch(packet -> packet.isBinary() || !Utf8.isAscii(packet.text()));
            case BEFORE_1_6 -> true;
        };
    }

    /** Returns whether the text that comes from this client may have been encoded twice. */
    boolean mayEncodeTwice() {
        return this != STANDARD;
    }
}
