package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an application has a say in the requests of an {@link EngineServer}. */
final class EngineHooks {

    private static final Logger log = LoggerFactory.getLogger(EngineHooks.class);

    private final List<EngineMiddleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<ResponseHeaders, EngineRequest>> initialListeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<ResponseHeaders, EngineRequest>> headerListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ConnectionError>> errorListeners = new CopyOnWriteArrayList<>();

    void use(EngineMiddleware middleware) {
        middlewares.add(requireNonNull(middleware, "middleware"));
    }

    void onInitialHeaders(BiConsumer<ResponseHeaders, EngineRequest> listener) {
        initialListeners.add(requireNonNull(listener, "listener"));
    }

    void onHeaders(BiConsumer<ResponseHeaders, EngineRequest> listener) {
        headerListeners.add(requireNonNull(listener, "listener"));
    }

    void onConnectionError(Consumer<ConnectionError> listener) {
        errorListeners.add(requireNonNull(listener, "listener"));
    }

    /**
     * Shows a request to the middlewares, one after the other.
     *
     * @throws EngineRefusal if one of them answers it, or fails
     */
    void applyMiddlewares(RequestHead head, ResponseHeaders headers) throws EngineRefusal {
        if (middlewares.isEmpty()) {
            return;
        }
        EngineResponse response = new EngineResponse(headers);
        for (EngineMiddleware middleware : middlewares) {
            try {
                middleware.handle(head, response);
            } catch (Exception | Error e) {
                log.error("a middleware of the engine failed, its request is refused", e);
                restoreInterrupt(e);
                throw EngineRefusal.badRequest("MIDDLEWARE_FAILURE", Map.of("error", e));
            }
            HttpReply answer = response.answer();
            if (answer != null) {
                throw EngineRefusal.answered(answer);
            }
        }
    }

    /** Notes an interruption again that user code has let through. */
    static void restoreInterrupt(Throwable e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    boolean listensToHeaders() {
        return !headerListeners.isEmpty() || !initialListeners.isEmpty();
    }

    /** Lets the application add headers to a response that is about to go out. */
    void onResponse(ResponseHeaders headers, EngineRequest request, boolean initial) {
        if (initial) {
            tell(initialListeners, headers, request);
        }
        tell(headerListeners, headers, request);
    }

    private static void tell(
            List<BiConsumer<ResponseHeaders, EngineRequest>> listeners,
            ResponseHeaders headers,
            EngineRequest request) {
        for (BiConsumer<ResponseHeaders, EngineRequest> listener : listeners) {
            try {
                listener.accept(headers, request);
            } catch (RuntimeException | Error e) {
                log.error("a listener to headers failed, the response goes out as it is", e);
            }
        }
    }

    /** Tells of a request that has been refused. */
    void report(EngineRefusal refusal, Supplier<EngineRequest> request) {
        EngineError error = refusal.error();
        if (error == null) {
            return;
        }
        log.debug("refused a request: {} {}", error, refusal.context());
        if (errorListeners.isEmpty()) {
            return;
        }
        ConnectionError told = new ConnectionError(error.code(), error.message(), refusal.context(), request.get());
        for (Consumer<ConnectionError> listener : errorListeners) {
            try {
                listener.accept(told);
            } catch (RuntimeException | Error e) {
                log.error("a listener to connection errors failed", e);
            }
        }
    }
}
