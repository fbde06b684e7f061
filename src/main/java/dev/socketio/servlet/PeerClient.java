package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.HttpReply;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import dev.socketio.time.Workers;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests to other nodes. No thread waits for an answer. */
final class PeerClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PeerClient.class);

    /** Nodes are near each other: one that does not take a connection by then is down, and its clients wait to be told. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /** What is to be done on these never blocks. */
    private static final int THREADS = 8;

    private final Scheduler scheduler;
    private final int maxResponseBytes;
    private final ExecutorService executor = Workers.create("socketio-forward", THREADS);
    private final HttpClient client;
    private final Set<CompletableFuture<HttpReply>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    PeerClient(Scheduler scheduler, int maxResponseBytes) {
        this.scheduler = scheduler;
        this.maxResponseBytes = maxResponseBytes;
        this.client = build(executor);
    }

    /** The JDK's thread would keep the web application's class loader, which is its maker's. */
    private static HttpClient build(ExecutorService executor) {
        Thread maker = Thread.currentThread();
        ClassLoader loader = maker.getContextClassLoader();
        maker.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .executor(executor)
                    .build();
        } finally {
            maker.setContextClassLoader(loader);
        }
    }

    /**
     * Sends a request.
     *
     * @param limit how long the whole response may take
     * @param done takes the response, or what has failed: an {@code IOException} or a {@code TimeoutException} for the
     *     most part. Called once, on any thread, which it must not block.
     * @return cancels the request
     */
    Runnable send(HttpRequest request, Duration limit, BiConsumer<@Nullable HttpReply, @Nullable Throwable> done) {
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        underWay.add(answer);
        Cancellable timer = scheduler.schedule(
                limit, () -> answer.completeExceptionally(new TimeoutException("no response within " + limit)));
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, head -> new LimitedBody(maxResponseBytes));
        CompletionStage<HttpReply> end = answer;
        end.whenComplete((reply, failure) -> {
            forget(answer);
            timer.cancel();
            if (failure != null) {
                sent.cancel(/* mayInterruptIfRunning= */ true); // which closes the connection
            }
            done.accept(reply, failure);
        });
        CompletionStage<HttpReply> response = sent.thenApply(PeerClient::reply);
        response.whenComplete((reply, failure) -> {
            if (failure == null) {
                answer.complete(reply);
            } else {
                answer.completeExceptionally(causeOf(failure));
            }
        });
        if (closed) {
            end(answer);
        }
        return () -> answer.cancel(/* mayInterruptIfRunning= */ true);
    }

    @SuppressWarnings("CollectionUndefinedEquality") // the same one is meant
    private void forget(CompletableFuture<HttpReply> answer) {
        underWay.remove(answer);
    }

    private static HttpReply reply(HttpResponse<byte[]> response) {
        return new HttpReply(
                response.statusCode(),
                null,
                response.body(),
                /* fresh= */ false,
                /* compressible= */ false,
                ForwardedHeaders.copy(response.headers()));
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? requireNonNull(failure.getCause())
                : failure;
    }

    private static void end(CompletableFuture<HttpReply> answer) {
        answer.completeExceptionally(new IOException("this node stops"));
    }

    /** Ends all requests. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(PeerClient::end);
        try {
            MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class))
                    .invoke(client);
        } catch (NoSuchMethodException before21) {
            log.trace("the JDK ends the thread of its client when nobody holds it any more", before21);
        } catch (Throwable e) {
            log.debug("the client for other nodes does not stop", e);
        }
        Workers.stop(executor, CLOSE_PATIENCE);
    }
}
