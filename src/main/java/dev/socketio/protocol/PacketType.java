package dev.socketio.protocol;

/** The types of the Socket.IO protocol, revision 5; the position is the digit on the wire. */
enum PacketType {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR,
    BINARY_EVENT,
    BINARY_ACK;

    private static final PacketType[] BY_DIGIT = values();

    char digit() {
        return (char) ('0' + ordinal());
    }

    boolean isBinary() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }

    static PacketType of(char digit) {
        int index = digit - '0';
        if (index < 0 || index >= BY_DIGIT.length) {
            throw new PacketException("unknown packet type " + digit);
        }
        return BY_DIGIT[index];
    }
}
