package dev.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What strangers may send: valid inputs with arbitrary damage, random ones, and large ones, the same on every run. Whatever
 * a reader throws fails the test, as does memory that is out of proportion to the input.
 *
 * <p>{@code -Dfuzz.inputs=1000000} makes a long run of it, which also looks at the time that large inputs take.
 */
public final class Fuzz {

    private static final String INPUTS = "fuzz.inputs";
    private static final boolean LONG_RUN = System.getProperty(INPUTS) != null;

    /** How many inputs are tried. */
    private static final int COUNT = Integer.getInteger(INPUTS, 20_000);

    private static final Duration PATIENCE = Duration.ofSeconds(60).plusMillis(COUNT);

    /** The size of a large input. */
    private static final int LARGE = LONG_RUN ? 500_000 : 25_000;

    /** How many times larger another one is. */
    private static final int TIMES = 4;

    /** How many times as much work the larger one may be; what is quadratic takes 16. */
    private static final int MAX_GROWTH = 10;

    /** What a reader may allocate for any input: its buffers, and an exception with its stack. */
    private static final long BASE_MEMORY = 256 << 10;

    /** What it may allocate for each character or byte. An empty map of one byte is an object with an empty hash table. */
    private static final long MEMORY_PER_UNIT = 150;

    private static final Duration NOISE = Duration.ofMillis(20);

    private static final String SPICE = "0123456789-,:;/[]{}\"\\ .eE+_=&%xb\u0000\u001e\ud800\udc00€ÿ'tfn";

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Random random;

    /** What is being tested. */
    public interface Reader<T> {

        /** Returns true if the input was read, and false if it was refused as it has to be. */
        @CanIgnoreReturnValue
        boolean reads(T input);
    }

    private Fuzz(long seed) {
        random = new Random(seed);
    }

    /** Starts a row of inputs that depends on the seed alone. */
    public static Fuzz seeded(long seed) {
        return new Fuzz(seed);
    }

    /** Tries texts, most of them one of the valid ones with some damage. */
    public void texts(List<String> valid, Reader<String> reader) {
        reader.reads(valid.get(0)); // loads classes
        run(() -> random.nextInt(8) == 0 ? randomText() : damaged(any(valid)), String::length, Fuzz::printable, reader);
    }

    /** Tries rows of bytes, most of them one of the valid ones with some damage. */
    public void bytes(List<byte[]> valid, Reader<byte[]> reader) {
        reader.reads(valid.get(0)); // loads classes
        run(
                () -> random.nextInt(8) == 0 ? randomBytes() : damaged(any(valid)),
                bytes -> bytes.length,
                HexFormat.of()::formatHex,
                reader);
    }

    /** Returns a number from 0 to {@code bound}, exclusive. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns one of several. */
    public <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static <T> void run(
            Supplier<T> inputs, Function<T, Integer> size, Function<T, String> print, Reader<T> reader) {
        int[] accepted = {0};
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < COUNT; i++) {
                T input = inputs.get();
                try {
                    long before = allocated();
                    accepted[0] += reader.reads(input) ? 1 : 0;
                    assertThat(allocated() - before).isLessThan(allowed(size.apply(input)));
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("input " + i + ": " + print.apply(input), e);
                }
            }
        });
        // Neither outcome is rare, so that both are really tried.
        assertThat(accepted[0]).isBetween(COUNT / 50, COUNT - COUNT / 50);
    }

    /**
     * Reads a large input and one that is several times as large: memory grows as the input does. In a long run, so does
     * time.
     *
     * @param input makes one of a size
     * @param reader whether it reads the input or refuses it does not matter
     */
    public static <T> void growsWithItsInput(IntFunction<T> input, Reader<T> reader) {
        T large = input.apply(LARGE);
        T larger = input.apply(TIMES * LARGE);
        reader.reads(large); // loads classes
        long memory = memory(larger, reader);
        assertThat(memory)
                .isLessThan(allowed(TIMES * LARGE))
                .isLessThan(MAX_GROWTH * memory(large, reader) + BASE_MEMORY);
        if (LONG_RUN) {
            assertThat(time(larger, reader)).isLessThan(MAX_GROWTH * time(large, reader) + NOISE.toNanos());
        }
    }

    private static <T> long memory(T input, Reader<T> reader) {
        long before = allocated();
        reader.reads(input);
        return allocated() - before;
    }

    /** Returns the shortest time of several, in nanoseconds of this thread. */
    private static <T> long time(T input, Reader<T> reader) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long before = THREAD.getCurrentThreadCpuTime();
            reader.reads(input);
            shortest = Math.min(shortest, THREAD.getCurrentThreadCpuTime() - before);
        }
        return shortest;
    }

    private static long allocated() {
        return THREAD.getCurrentThreadAllocatedBytes();
    }

    private static long allowed(int size) {
        return BASE_MEMORY + MEMORY_PER_UNIT * size;
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> printable.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : (char) c));
        return printable.toString();
    }

    private String randomText() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(SPICE.charAt(random.nextInt(SPICE.length())));
        }
        return text.toString();
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String damaged(String valid) {
        StringBuilder text = new StringBuilder(valid);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(4));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 2 -> text.replace(at, end, "" + (char) random.nextInt(0x10000));
                case 3 -> text.insert(at, text.substring(at, end).repeat(random.nextInt(50)));
                case 4 -> text.insert(at, random.nextLong());
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }

    private byte[] damaged(byte[] valid) {
        byte[] bytes = valid;
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + random.nextInt(4));
            switch (random.nextInt(5)) {
                case 0 -> bytes = joined(bytes, at, new byte[0], end);
                case 1 -> bytes = joined(bytes, at, new byte[] {(byte) random.nextInt()}, at);
                case 2 -> bytes = joined(bytes, at, new byte[] {(byte) random.nextInt()}, end);
                case 3 -> bytes = joined(bytes, at, HexFormat.of().parseHex("ffffffff"), end);
                default -> bytes = joined(bytes, at, new byte[0], bytes.length);
            }
        }
        return bytes;
    }

    /** Puts something between the start and the rest. */
    private static byte[] joined(byte[] bytes, int end, byte[] between, int rest) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, end);
        joined.writeBytes(between);
        joined.write(bytes, rest, bytes.length - rest);
        return joined.toByteArray();
    }
}
