package dev.socketio.adapter.redis;

/** What requests and responses of the classic adapter are, by their numbers. */
final class ClassicType {

    static final int SOCKETS = 0;
    static final int ALL_ROOMS = 1;
    static final int JOIN = 2;
    static final int LEAVE = 3;
    static final int DISCONNECT = 4;
    static final int FETCH = 5;
    static final int SERVER_SIDE_EMIT = 6;
    static final int BROADCAST = 7;
    static final int CLIENT_COUNT = 8;
    static final int CLIENT_ACK = 9;

    private ClassicType() {}
}
