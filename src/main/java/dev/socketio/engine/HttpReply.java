package dev.socketio.engine;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request.
 *
 * @param contentType null if there is no body, or if the headers name it
 * @param body shared, not to be modified
 * @param fresh whether this is a response of the protocol, never to be cached; error replies say nothing about it
 * @param compressible whether the body is worth compressing, should the client accept that
 * @param headers what the application adds; not to be modified any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpReply(
        int status,
        @Nullable String contentType,
        byte[] body,
        boolean fresh,
        boolean compressible,
        ResponseHeaders headers) {

    private static final byte[] NOTHING = {};
    private static final ResponseHeaders NO_HEADERS = new ResponseHeaders();

    private static final HttpReply OK = new HttpReply(
            200, "text/html", "ok".getBytes(StandardCharsets.UTF_8), /* fresh= */ true, /* compressible= */ false);

    /** Creates a response to which the application adds nothing. */
    public HttpReply(int status, @Nullable String contentType, byte[] body, boolean fresh, boolean compressible) {
        this(status, contentType, body, fresh, compressible, NO_HEADERS);
    }

    static HttpReply text(String payload) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        return new HttpReply(200, "text/plain; charset=UTF-8", body, /* fresh= */ true, /* compressible= */ false);
    }

    static HttpReply bytes(byte[] payload) {
        return new HttpReply(200, "application/octet-stream", payload, /* fresh= */ true, /* compressible= */ false);
    }

    static HttpReply ok() {
        return OK;
    }

    static HttpReply empty(int status) {
        return new HttpReply(status, null, NOTHING, /* fresh= */ false, /* compressible= */ false);
    }

    static HttpReply error(EngineError error) {
        return error(error, error.message());
    }

    static HttpReply error(EngineError error, String message) {
        return json(error, error.json(message));
    }

    /** Names the node that has the session beside what clients look at. */
    static HttpReply errorOfOtherNode(EngineError error, String node) {
        String json = error.json();
        return json(error, json.substring(0, json.length() - 1) + ",\"nodeId\":" + JsonText.quote(node) + "}");
    }

    private static HttpReply json(EngineError error, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return new HttpReply(error.status(), "application/json", body, /* fresh= */ false, /* compressible= */ false);
    }

    /** Returns the answer to a request for a WebSocket that is refused: text, for people, since clients do not show it. */
    static HttpReply refusedUpgrade(EngineError error, String message) {
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        return new HttpReply(error.status(), "text/html", body, /* fresh= */ false, /* compressible= */ false);
    }

    HttpReply toBeCompressed() {
        return new HttpReply(status, contentType, body, fresh, /* compressible= */ true, headers);
    }

    HttpReply with(ResponseHeaders added) {
        return new HttpReply(status, contentType, body, fresh, compressible, added);
    }
}
