package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class JettyReaderTest {

    /** Counts what it reads; nothing extends it, and no thread is known to read it. */
    private static final class FakeReading implements JettyReader.Reading {

        int read;
        boolean hasStopped;
        boolean isCut;

        @Override
        public void demand(JettyReader reader) {
            reader.onDemand();
        }

        @Override
        public void next() {
            if (hasStopped) {
                throw new RejectedExecutionException();
            }
            read++;
        }

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public void cut() {
            isCut = true;
        }
    }

    private final FakeReading reading = new FakeReading();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final JettyReader reader = new JettyReader(reading, threads::add);

    @Test
    void readsOnAfterEachMessage() {
        reader.onTaken(10);
        reader.onTaken(10);

        assertThat(reading.read).isEqualTo(2);
        assertThat(threads).isEmpty();
    }

    @Test
    void readsNothingWhilePaused() {
        reader.pause();
        reader.onTaken(10);
        assertThat(reading.read).isZero();

        reader.resume();
        reader.resume();

        assertThat(reading.read).isEqualTo(1);
    }

    @Test
    void hasNothingToResumeBeforeTheMessageHasBeenTaken() {
        reader.pause();
        reader.resume();
        assertThat(reading.read).isZero();

        reader.onTaken(10);

        assertThat(reading.read).isEqualTo(1);
    }

    @Test
    void leavesTheThreadAfterManyMessages() {
        reader.begin();
        for (int i = 1; i < 64; i++) {
            reader.onTaken(1);
        }
        assertThat(reading.read).isEqualTo(63);
        reading.read = 0;

        reader.onTaken(1);
        assertThat(reading.read).isZero();
        reader.end();

        assertThat(reading.read).isEqualTo(1);
        reader.begin();
        reader.onTaken(1);
        assertThat(reading.read).isEqualTo(2);
    }

    @Test
    void leavesTheThreadAfterMuch() {
        reader.begin();
        reader.onTaken(64 << 10);
        assertThat(reading.read).isZero();

        reader.end();

        assertThat(reading.read).isEqualTo(1);
    }

    @Test
    void leavesTheThreadInATurnThatIsNotTold() {
        for (int i = 1; i < 64; i++) {
            reader.onTaken(1);
        }
        reading.read = 0;

        reader.onTaken(1);
        assertThat(reading.read).isZero();
        threads.remove().run();

        assertThat(reading.read).isEqualTo(1);
    }

    @Test
    void aDemandOfAnotherThreadWaitsForTheEndOfTheTurn() throws InterruptedException {
        reader.begin();
        Thread other = new Thread(() -> reader.onTaken(10));
        other.start();
        other.join();
        assertThat(reading.read).isZero();

        reader.end();

        assertThat(reading.read).isEqualTo(1);
    }

    @Test
    void messagesOfManyTurnsAreNotMuch() {
        for (int i = 0; i < 1_000; i++) {
            reader.begin();
            reader.onTaken(1_000);
            reader.end();
        }

        assertThat(reading.read).isEqualTo(1_000);
    }

    @Test
    void readsOnAfterTheTurnInWhichItIsResumed() {
        reader.begin();
        reader.pause();
        reader.onTaken(10);

        reader.resume();
        assertThat(reading.read).isZero();
        reader.end();

        assertThat(reading.read).isEqualTo(1);
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

        assertThat(reading.read).isZero();
    }

    @Test
    void endsTheConnectionWhenJettyHasStopped() {
        reading.hasStopped = true;
        reader.begin();
        reader.onTaken(64 << 10);

        reader.end();

        assertThat(reading.isCut).isTrue();
    }
}
