package dev.socketio.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** A program beside this JVM, which it does not outlive: neither when it is closed nor, but on Windows, when this JVM is killed. */
public final class ExternalProcess implements AutoCloseable {

    /** Ends the process whose id it is given as soon as its own input ends, as it does with this JVM. */
    private static final String GUARD = "cat >/dev/null; kill -9 $0";

    /** Enough to see what went wrong. */
    private static final int LAST_LINES = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<String> command;
    private final Process process;
    private final Optional<Process> guard;
    private final Thread reader;

    @GuardedBy("lock")
    private final List<String> lines = new ArrayList<>();

    @GuardedBy("lock")
    private boolean ended;

    private ExternalProcess(List<String> command, Process process, Optional<Process> guard) {
        this.command = command;
        this.process = process;
        this.guard = guard;
        reader = new Thread(this::read, "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program; what it prints, also to its error stream, is kept here. */
    public static ExternalProcess start(ProcessBuilder builder) {
        try {
            Process process = builder.redirectErrorStream(true).start();
            return new ExternalProcess(builder.command(), process, guard(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Process> guard(long pid) throws IOException {
        boolean windows = File.separatorChar == '\\';
        return windows
                ? Optional.empty()
                : Optional.of(new ProcessBuilder("sh", "-c", GUARD, Long.toString(pid)).start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("reading ended: " + e);
        } finally {
            end();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the id that the operating system knows it by. */
    public long pid() {
        return process.pid();
    }

    /** Returns what it has printed so far, line by line. */
    public List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a line.
     *
     * @param pattern to be found anywhere in it
     * @param from the number of lines that are not looked at
     * @throws AssertionError with the last lines, if it does not come in time or cannot come any more
     */
    public String awaitLine(Pattern pattern, int from, Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            for (int next = from; ; next++) {
                while (next >= lines.size()) {
                    if (ended || left <= 0) {
                        throw failure("printed no line with " + pattern + " within " + limit);
                    }
                    left = more.awaitNanos(left);
                }
                if (pattern.matcher(lines.get(next)).find()) {
                    return lines.get(next);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for its end.
     *
     * @throws AssertionError with what it printed, if it fails or does not end in time
     */
    public void awaitSuccess(Duration limit) {
        try {
            boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                throw failure("took longer than " + limit);
            }
            reader.join();
            if (process.exitValue() != 0) {
                throw failure("ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private AssertionError failure(String what) {
        List<String> printed = lines();
        List<String> last = printed.subList(Math.max(0, printed.size() - LAST_LINES), printed.size());
        return new AssertionError(command + " " + what + ":\n" + String.join("\n", last));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    /** Kills it and waits until it is gone. Does nothing the second time. */
    @Override
    public void close() {
        guard.ifPresent(Process::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
