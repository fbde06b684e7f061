package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;

/** With a Jetty of which only the API is to be had. */
class JettyReaderTest {

    private final Session session = mock(Session.class);
    private final JettyInternals none = new JettyInternals(ClassLoader.getPlatformClassLoader());
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final JettyReader reader = new JettyReader(session, none, threads::add);

    @Test
    void readsOnAfterEachMessage() {
        reader.onTaken(10);
        reader.onTaken(10);

        verify(session, times(2)).demand();
        assertThat(threads).isEmpty();
    }

    @Test
    void readsNothingWhilePaused() {
        reader.pause();
        reader.onTaken(10);
        verify(session, never()).demand();

        reader.resume();
        reader.resume();

        verify(session, times(1)).demand();
    }

    @Test
    void hasNothingToResumeBeforeTheMessageHasBeenTaken() {
        reader.pause();
        reader.resume();
        verify(session, never()).demand();

        reader.onTaken(10);

        verify(session, times(1)).demand();
    }

    @Test
    void leavesTheThreadAfterManyMessages() {
        for (int i = 1; i < 64; i++) {
            reader.onTaken(1);
        }
        verify(session, times(63)).demand();
        clearInvocations(session);

        reader.onTaken(1);
        verify(session, never()).demand();
        threads.remove().run();

        verify(session, times(1)).demand();
        reader.onTaken(1);
        verify(session, times(2)).demand();
    }

    @Test
    void leavesTheThreadAfterMuch() {
        reader.onTaken(64 << 10);
        verify(session, never()).demand();

        threads.remove().run();

        verify(session, times(1)).demand();
    }

    @Test
    void endsTheConnectionWhenJettyHasStopped() {
        JettyReader late = new JettyReader(session, none, task -> {
            throw new RejectedExecutionException();
        });

        late.onTaken(64 << 10);

        verify(session).disconnect();
    }
}
