package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application has asked to be told by an {@link EngineServer}. */
final class EngineHooks {

    private static final Logger log = LoggerFactory.getLogger(EngineHooks.class);

    private final List<Consumer<ConnectionError>> errorListeners = new CopyOnWriteArrayList<>();

    void onConnectionError(Consumer<ConnectionError> listener) {
        errorListeners.add(requireNonNull(listener, "listener"));
    }

    /** Tells of a request that has been refused. */
    void report(EngineRefusal refusal, Supplier<EngineRequest> request) {
        log.debug("refused a request: {} {}", refusal.error(), refusal.context());
        if (errorListeners.isEmpty()) {
            return;
        }
        EngineError error = refusal.error();
        ConnectionError told = new ConnectionError(error.code(), error.message(), refusal.context(), request.get());
        for (Consumer<ConnectionError> listener : errorListeners) {
            try {
                listener.accept(told);
            } catch (RuntimeException e) {
                log.error("a listener to connection errors failed", e);
            }
        }
    }
}
