package dev.socketio.engine;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The response to a polling request.
 *
 * @param contentType null if there is no body
 * @param body shared, not to be modified
 * @param fresh whether this is a response of the protocol, never to be cached; error replies say nothing about it
 * @param compressible whether the body is worth compressing, should the client accept that
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpReply(int status, @Nullable String contentType, byte[] body, boolean fresh, boolean compressible) {

    private static final byte[] NOTHING = {};

    private static final HttpReply OK = new HttpReply(
            200, "text/html", "ok".getBytes(StandardCharsets.UTF_8), /* fresh= */ true, /* compressible= */ false);

    static HttpReply text(String payload) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        return new HttpReply(200, "text/plain; charset=UTF-8", body, /* fresh= */ true, /* compressible= */ false);
    }

    static HttpReply bytes(byte[] payload) {
        return new HttpReply(200, "application/octet-stream", payload, /* fresh= */ true, /* compressible= */ false);
    }

    HttpReply toBeCompressed() {
        return new HttpReply(status, contentType, body, fresh, /* compressible= */ true);
    }

    static HttpReply ok() {
        return OK;
    }

    static HttpReply empty(int status) {
        return new HttpReply(status, null, NOTHING, /* fresh= */ false, /* compressible= */ false);
    }

    static HttpReply error(EngineError error) {
        byte[] body = error.json().getBytes(StandardCharsets.UTF_8);
        return new HttpReply(error.status(), "application/json", body, /* fresh= */ false, /* compressible= */ false);
    }
}
