package dev.socketio.servlet;

/** The kinds of WebSocket frames (RFC 6455, section 5.2). */
final class Opcode {

    static final byte CONTINUATION = 0;
    static final byte TEXT = 1;
    static final byte BINARY = 2;
    static final byte CLOSE = 8;
    static final byte PING = 9;
    static final byte PONG = 10;

    private Opcode() {}

    /** Returns the kind of a message's first frame. */
    static byte ofMessage(boolean isBinary) {
        return isBinary ? BINARY : TEXT;
    }
}
