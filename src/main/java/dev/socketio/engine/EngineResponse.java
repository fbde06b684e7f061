package dev.socketio.engine;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an {@link EngineMiddleware} can do to the response of a request. */
public final class EngineResponse {

    private final ResponseHeaders headers;
    private @Nullable HttpReply answer;

    EngineResponse(ResponseHeaders headers) {
        this.headers = headers;
    }

    /**
     * Returns the headers of the response, whatever it will be: an answer, a refusal or the upgrade to a WebSocket. What
     * the protocol says in a header of its own, such as {@code Content-Type}, wins.
     */
    public ResponseHeaders headers() {
        return headers;
    }

    /** Answers the request, without a body. No further middleware is called, and the engine does not see the request. */
    public void end(int status) {
        end(status, "");
    }

    /**
     * Answers the request. No further middleware is called, and the engine does not see the request.
     *
     * @param status from 200 to 599
     * @param body plain text unless the {@linkplain #headers headers} name another {@code Content-Type}
     * @throws IllegalStateException if it has been answered
     */
    public void end(int status, String body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status is " + status + ": give one from 200 to 599");
        }
        if (answer != null) {
            throw new IllegalStateException("the request has been answered with status " + answer.status());
        }
        boolean plain = !body.isEmpty() && headers.get("Content-Type") == null;
        answer = new HttpReply(
                status,
                plain ? "text/plain; charset=utf-8" : null,
                body.getBytes(StandardCharsets.UTF_8),
                /* fresh= */ false,
                /* compressible= */ false);
    }

    @Nullable
    HttpReply answer() {
        return answer;
    }
}
