package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doThrow;
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
    private final JettyReader reader = new JettyReader(session, none, threads::add, /* waits= */ false);

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
        reader.begin();
        for (int i = 1; i < 64; i++) {
            reader.onTaken(1);
        }
        verify(session, times(63)).demand();
        clearInvocations(session);

        reader.onTaken(1);
        verify(session, never()).demand();
        reader.end();

        verify(session, times(1)).demand();
        reader.begin();
        reader.onTaken(1);
        verify(session, times(2)).demand();
    }

    @Test
    void leavesTheThreadAfterMuch() {
        reader.begin();
        reader.onTaken(64 << 10);
        verify(session, never()).demand();

        reader.end();

        verify(session, times(1)).demand();
    }

    @Test
    void leavesTheThreadInATurnThatIsNotTold() {
        for (int i = 1; i < 64; i++) {
            reader.onTaken(1);
        }
        clearInvocations(session);

        reader.onTaken(1);
        verify(session, never()).demand();
        threads.remove().run();

        verify(session, times(1)).demand();
    }

    @Test
    void aDemandOfAnotherThreadWaitsForTheEndOfTheTurn() throws InterruptedException {
        reader.begin();
        Thread other = new Thread(() -> reader.onTaken(10));
        other.start();
        other.join();
        verify(session, never()).demand();

        reader.end();

        verify(session, times(1)).demand();
    }

    @Test
    void messagesOfManyTurnsAreNotMuch() {
        for (int i = 0; i < 1_000; i++) {
            reader.begin();
            reader.onTaken(1_000);
            reader.end();
        }

        verify(session, times(1_000)).demand();
    }

    @Test
    void readsOnAfterTheTurnInWhichItIsResumed() {
        reader.begin();
        reader.pause();
        reader.onTaken(10);

        reader.resume();
        verify(session, never()).demand();
        reader.end();

        verify(session, times(1)).demand();
    }

    @Test
    void aTurnThatEndsLateLeavesTheNextAlone() throws InterruptedException {
        reader.begin();
        Thread next = new Thread(() -> {
            reader.begin();
            reader.pause();
            reader.onTaken(10);
            reader.resume();
        });
        next.start();
        next.join();

        reader.end();

        verify(session, never()).demand();
    }

    @Test
    void endsTheConnectionWhenJettyHasStopped() {
        doThrow(new RejectedExecutionException()).when(session).demand();
        reader.begin();
        reader.onTaken(64 << 10);

        reader.end();

        verify(session).disconnect();
    }
}
