package dev.socketio.engine;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is not carried out, and what it is answered with instead. */
public final class EngineRefusal extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /** Null if a middleware has answered the request. */
    private final @Nullable EngineError error;

    private final transient Map<String, Object> context;
    private final transient HttpReply pollingReply;
    private final transient HttpReply reply;

    private EngineRefusal(
            String message,
            @Nullable EngineError error,
            Map<String, Object> context,
            HttpReply pollingReply,
            HttpReply reply) {
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.error = error;
        this.context = context;
        this.pollingReply = pollingReply;
        this.reply = reply;
    }

    private static EngineRefusal of(EngineError error, String message, Map<String, Object> context) {
        return new EngineRefusal(
                message,
                error,
                Collections.unmodifiableMap(new LinkedHashMap<>(context)),
                HttpReply.error(error, message),
                HttpReply.refusedUpgrade(error, message));
    }

    static EngineRefusal of(EngineError error, Map<String, Object> context) {
        return of(error, error.message(), context);
    }

    /** Refuses a request for a session that another node has, and tells which. */
    static EngineRefusal ofOtherNode(String sid, String node) {
        EngineError error = EngineError.UNKNOWN_SID;
        return new EngineRefusal(
                error.message(),
                error,
                Map.of("sid", sid, "nodeId", node),
                HttpReply.errorOfOtherNode(error, node),
                HttpReply.refusedUpgrade(error, error.message() + " here, it belongs to node " + node));
    }

    /** Refuses with a code that stands for several things, of which this is the name. */
    static EngineRefusal named(EngineError error, String name, Map<String, Object> details) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("name", name);
        context.putAll(details);
        return of(error, context);
    }

    static EngineRefusal badRequest(String name, Map<String, Object> details) {
        return named(EngineError.BAD_REQUEST, name, details);
    }

    /** Refuses with code 4 and words of the application's. */
    static EngineRefusal forbidden(String message) {
        return of(EngineError.FORBIDDEN, message, Map.of("message", message));
    }

    /** A middleware has answered. */
    static EngineRefusal answered(HttpReply answer) {
        return new EngineRefusal("answered by a middleware", null, Map.of(), answer, answer);
    }

    EngineRefusal with(ResponseHeaders headers) {
        return new EngineRefusal(
                String.valueOf(getMessage()), error, context, pollingReply.with(headers), reply.with(headers));
    }

    /** Returns the error, null if it is none: a middleware has answered the request. */
    @Nullable
    EngineError error() {
        return error;
    }

    /** Returns what led to it, see {@link ConnectionError#context()}. */
    Map<String, Object> context() {
        return context;
    }

    /** Returns what a polling request is answered with. */
    HttpReply pollingReply() {
        return pollingReply;
    }

    /** Returns what a request for a WebSocket is answered with. */
    public HttpReply reply() {
        return reply;
    }
}
