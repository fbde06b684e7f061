package dev.socketio.servlet;

import dev.socketio.time.Workers;
import jakarta.websocket.Session;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sessions of some containers can do beyond the API. */
final class ContainerSession {

    private static final Logger log = LoggerFactory.getLogger(ContainerSession.class);

    private ContainerSession() {}

    /**
     * Calls a method without parameters.
     *
     * @return whether the session has it
     */
    static boolean tell(Session session, String method) {
        try {
            call(session, method);
            return true;
        } catch (ReflectiveOperationException | RuntimeException none) {
            log.trace("this container's sessions cannot {}", method);
            return false;
        }
    }

    /**
     * Runs a task after the handlers of all messages that have arrived. Undertow queues messages, but may report the end
     * of the connection, and its failure, at once and on another thread; other containers report all in order.
     *
     * @param task which may run twice
     */
    static void afterMessages(Session session, Runnable task) {
        Workers.execute(queue(session), task);
    }

    private static Executor queue(Session session) {
        try {
            if (call(session, "getExecutor") instanceof Executor queue) {
                return queue;
            }
        } catch (ReflectiveOperationException | RuntimeException none) {
            log.trace("this container's sessions have no queue");
        }
        return Runnable::run;
    }

    private static @Nullable Object call(Session session, String method) throws ReflectiveOperationException {
        return session.getClass().getMethod(method).invoke(session);
    }
}
