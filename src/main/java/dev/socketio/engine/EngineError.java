package dev.socketio.engine;

/** Why a request is refused: the protocol's codes, with the HTTP status that goes with each. */
public enum EngineError {
    UNKNOWN_TRANSPORT(0, 400, "Transport unknown"),
    UNKNOWN_SID(1, 400, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, 400, "Bad handshake method"),
    BAD_REQUEST(3, 400, "Bad request"),
    FORBIDDEN(4, 403, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(5, 400, "Unsupported protocol version"),
    /** {@link EngineOptions#maxSessions()} are open. The protocol has no code for it; clients treat all codes alike. */
    TOO_MANY_SESSIONS(6, 503, "Too many sessions"),
    /** The session is on another node, which cannot be asked. Neither has the protocol a code for this. */
    NODE_UNAVAILABLE(7, 503, "Node unavailable");

    private final int code;
    private final int status;
    private final String message;

    EngineError(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    /** Returns the number that the client is told. */
    public int code() {
        return code;
    }

    /** Returns the HTTP status of the reply. */
    public int status() {
        return status;
    }

    /** Returns the text that the client is told. */
    public String message() {
        return message;
    }

    String json() {
        return json(message);
    }

    /** Returns the body of a reply that says it in other words. */
    String json(String words) {
        return "{\"code\":" + code + ",\"message\":" + JsonText.quote(words) + "}";
    }
}
