package dev.socketio.engine;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is not carried out, and why. */
public final class EngineRefusal extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final EngineError error;
    private final transient Map<String, Object> context;

    private EngineRefusal(EngineError error, String message, Map<String, Object> context) {
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.error = error;
        this.context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    static EngineRefusal of(EngineError error, Map<String, Object> context) {
        return new EngineRefusal(error, error.message(), context);
    }

    /** Refuses with code 3, which stands for many things. */
    static EngineRefusal badRequest(String name, Map<String, Object> details) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("name", name);
        context.putAll(details);
        return of(EngineError.BAD_REQUEST, context);
    }

    /** Returns the code, status and text for the client. */
    public EngineError error() {
        return error;
    }

    /** Returns what led to it, see {@link ConnectionError#context()}. */
    public Map<String, Object> context() {
        return context;
    }
}
