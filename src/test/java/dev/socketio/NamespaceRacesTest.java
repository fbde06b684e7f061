package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that join a namespace while it comes to life or goes away. */
@Timeout(120)
class NamespaceRacesTest {

    private static final int ROUNDS = 300;
    private static final int CLIENTS = 4;

    private final ExecutorService listeners = Executors.newFixedThreadPool(2);
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(listeners)
            .cleanupEmptyChildNamespaces(true)
            .build();

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        listeners.shutdown();
        assertThat(listeners.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Has every client do the same at once, as often as there are rounds. */
    private void race(Runnable action) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            running.add(threads.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    start.await(10, TimeUnit.SECONDS);
                    action.run();
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
        listeners.shutdown();
        assertThat(listeners.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyEndsInANamespaceThatHasBeenRemoved() throws Exception {
        ParentNamespace rooms = io.of(Pattern.compile("^/room$"));
        Set<String> lost = ConcurrentHashMap.newKeySet();
        rooms.onConnection(socket -> {
            if (!io.namespaces().all().contains(socket.namespace())) {
                lost.add(socket.toString());
            }
        });

        race(() -> {
            FakeClient client = FakeClient.open(io);
            CompletableFuture<String> answer = new CompletableFuture<>();
            client.onReceive(answer::complete);
            client.send("0/room,");
            assertThat(answer.orTimeout(10, TimeUnit.SECONDS).join()).startsWith("0/room,{\"sid\":");
            client.hangUp();
        });

        assertThat(lost).isEmpty();
        assertThat(rooms.children()).isEmpty();
        assertThat(io.namespaces().all()).containsExactly(io.sockets());
    }

    @Test
    void allWhoStayMeetInOneNamespaceThatWasAnnouncedOnce() throws Exception {
        AtomicInteger created = new AtomicInteger();
        Set<Namespace> met = ConcurrentHashMap.newKeySet();
        io.onNewNamespace(namespace -> created.incrementAndGet());
        io.of((name, auth) -> true).onConnection(socket -> met.add(socket.namespace()));

        race(() -> FakeClient.open(io).send("0/room,"));

        assertThat(created).hasValue(1);
        assertThat(met).hasSize(1);
        assertThat(met.iterator().next().sockets()).hasSize(CLIENTS * ROUNDS);
    }
}
