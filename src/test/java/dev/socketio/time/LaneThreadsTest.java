package dev.socketio.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane on executors that run at once, on the caller's thread or on several others. */
class LaneThreadsTest {

    private static final int GIVERS = 4;
    private static final int TASKS = 10_000;

    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void endThreads() {
        pool.shutdownNow();
    }

    @Test
    void runsInPlaceWhenTheExecutorDoes() {
        Lane lane = new Lane(Runnable::run, 10, Long.MAX_VALUE, new NoGauge());
        List<Thread> threads = new ArrayList<>();

        lane.execute(() -> threads.add(Thread.currentThread()));

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void finishesATaskBeforeTheOneThatItAdds() {
        Lane lane = new Lane(Runnable::run, 10, Long.MAX_VALUE, new NoGauge());
        List<String> done = new ArrayList<>();

        lane.execute(() -> {
            lane.execute(() -> done.add("added"));
            done.add("first");
        });

        assertThat(done).containsExactly("first", "added");
    }

    @Test
    void worksOffALongQueueInPlace() {
        Lane lane = new Lane(Runnable::run, 10, Long.MAX_VALUE, new NoGauge());
        int tasks = 100_000;
        AtomicInteger done = new AtomicInteger();

        lane.execute(() -> {
            for (int i = 0; i < tasks; i++) {
                lane.execute(done::incrementAndGet);
            }
        });

        assertThat(done).hasValue(tasks);
    }

    @Test
    void runsOneTaskAtATimeInTheOrderOfEachThread() throws InterruptedException {
        Lane lane = new Lane(pool, 100, Long.MAX_VALUE, new NoGauge());
        Overlaps overlaps = new Overlaps();
        List<List<Integer>> done = new ArrayList<>();
        CountDownLatch finished = new CountDownLatch(GIVERS * TASKS);
        for (int giver = 0; giver < GIVERS; giver++) {
            List<Integer> numbers = new ArrayList<>();
            done.add(numbers);
            new Thread(() -> {
                        for (int i = 0; i < TASKS; i++) {
                            int number = i;
                            lane.execute(() -> {
                                overlaps.enter();
                                numbers.add(number);
                                overlaps.leave();
                                finished.countDown();
                            });
                        }
                    })
                    .start();
        }

        assertThat(finished.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(overlaps.seen).hasValue(0);
        assertThat(done)
                .allSatisfy(numbers -> assertThat(numbers).hasSize(TASKS).isSorted());
    }

    /** Counts how often a task began while another ran. */
    private static final class Overlaps {
        final AtomicInteger seen = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();

        void enter() {
            if (inside.incrementAndGet() > 1) {
                seen.incrementAndGet();
            }
        }

        void leave() {
            inside.decrementAndGet();
        }
    }

    private static final class NoGauge implements Lane.Gauge {
        @Override
        public void onFull() {}

        @Override
        public void onRelieved() {}
    }
}
