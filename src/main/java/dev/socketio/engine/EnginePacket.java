package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One unit of the Engine.IO protocol, in the form in which it travels: text that starts with the digit of its type, or
 * the bytes of a binary message.
 *
 * <p>Packets are immutable and may be shared by any number of connections, so that a broadcast is encoded once.
 */
public final class EnginePacket {

    /** The types of the protocol. */
    public enum Type {
        OPEN('0'),
        CLOSE('1'),
        PING('2'),
        PONG('3'),
        MESSAGE('4'),
        UPGRADE('5'),
        NOOP('6');

        private static final Type[] BY_DIGIT = values();

        private final char digit;

        Type(char digit) {
            this.digit = digit;
        }

        static @Nullable Type of(char digit) {
            int index = digit - '0';
            return index >= 0 && index < BY_DIGIT.length ? BY_DIGIT[index] : null;
        }
    }

    static final EnginePacket CLOSE = control(Type.CLOSE, "");
    static final EnginePacket PING = control(Type.PING, "");
    static final EnginePacket PONG = control(Type.PONG, "");
    static final EnginePacket NOOP = control(Type.NOOP, "");

    /** What the two sides say over a new transport to find out whether it works. */
    static final String PROBE = "probe";

    private final Type type;
    private final @Nullable String text;
    private final byte @Nullable [] bytes;
    private final int size;
    private final boolean compressible;

    /** The text in UTF-8, once somebody has asked for it. */
    private volatile byte @Nullable [] utf8;

    private EnginePacket(Type type, @Nullable String text, byte @Nullable [] bytes, int size, boolean compressible) {
        this.type = type;
        this.text = text;
        this.bytes = bytes;
        this.size = size;
        this.compressible = compressible;
    }

    /** Creates a message of text. */
    public static EnginePacket message(String text) {
        return control(Type.MESSAGE, text);
    }

    /** Creates a message of bytes, which are shared and must not be modified. */
    public static EnginePacket message(byte[] bytes) {
        return new EnginePacket(
                Type.MESSAGE, null, requireNonNull(bytes, "bytes"), bytes.length, /* compressible= */ true);
    }

    static EnginePacket control(Type type, String data) {
        String text = type.digit + data;
        return new EnginePacket(type, text, null, Utf8.length(text), /* compressible= */ true);
    }

    /** Creates a message that travels as this text, whatever it begins with. */
    static EnginePacket formed(String text) {
        return new EnginePacket(Type.MESSAGE, text, null, Utf8.length(text), /* compressible= */ true);
    }

    /** Reads the text form of a packet; null if it is empty or its type is unknown. */
    static @Nullable EnginePacket parse(String text) {
        Type type = text.isEmpty() ? null : Type.of(text.charAt(0));
        return type == null ? null : new EnginePacket(type, text, null, text.length(), /* compressible= */ true);
    }

    /** Returns the type; the binary form exists for {@link Type#MESSAGE} alone. */
    public Type type() {
        return type;
    }

    /** Returns whether this is a message of bytes. */
    public boolean isBinary() {
        return bytes != null;
    }

    /** Returns the text that travels, its first character being the type. Not for binary messages. */
    public String text() {
        return requireNonNull(text, "a binary message has no text");
    }

    /** Returns what follows the type. Not for binary messages. */
    public String data() {
        return text().substring(1);
    }

    /** Returns the bytes of a binary message. */
    public byte[] bytes() {
        return requireNonNull(bytes, "a text message has no bytes");
    }

    /** Returns what travels on a WebSocket, text in UTF-8: the same array each time, which must not be modified. */
    public byte[] encoded() {
        if (bytes != null) {
            return bytes;
        }
        byte[] encoded = utf8;
        if (encoded == null) {
            encoded = text().getBytes(StandardCharsets.UTF_8);
            utf8 = encoded;
        }
        return encoded;
    }

    /** Returns the same packet, which asks not to be compressed: it gains nothing, or is wanted without delay. */
    public EnginePacket uncompressed() {
        return compressible ? new EnginePacket(type, text, bytes, size, /* compressible= */ false) : this;
    }

    /** Returns whether the packet may be compressed on its way: all may but those {@link #uncompressed()}. */
    public boolean isCompressible() {
        return compressible;
    }

    /** Returns how many bytes this packet takes on a WebSocket. */
    public int size() {
        return size;
    }

    @Override
    public String toString() {
        return bytes == null ? text() : "4<" + bytes.length + " bytes>";
    }
}
