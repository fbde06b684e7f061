package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A text that JSON is written into. It keeps its characters' space for the next one, so that only the result is garbage. */
final class PooledText implements AutoCloseable {

    private static final int INITIAL_CAPACITY = 512;

    /** What is larger is rare, and not worth its place in memory. */
    private static final int MAX_KEPT_CAPACITY = 1 << 15;

    private final Pool pool;
    private final End end = new End();
    private char[] characters = new char[INITIAL_CAPACITY];
    private int length;

    /** The texts of one encoder that nobody writes: no more than have been written at the same time. */
    static final class Pool {

        private final JsonFactory factory;
        private final Deque<PooledText> free = new ConcurrentLinkedDeque<>();

        /** @param factory makes what Jackson writes with */
        Pool(JsonFactory factory) {
            this.factory = factory;
        }

        /** Returns an empty text, to be closed. */
        PooledText take() {
            PooledText text = free.pollFirst();
            return text == null ? new PooledText(this) : text;
        }
    }

    /** What Jackson writes to. It closes this when it is done, and takes the buffers it needs from here. */
    private final class End extends Writer implements BufferRecycler.Gettable {

        private final BufferRecycler buffers = new BufferRecycler();

        @Override
        public BufferRecycler bufferRecycler() {
            return buffers;
        }

        @Override
        public void write(char[] added, int from, int count) {
            reserve(count);
            System.arraycopy(added, from, characters, length, count);
            length += count;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private PooledText(Pool pool) {
        this.pool = pool;
    }

    void append(char c) {
        reserve(1);
        characters[length++] = c;
    }

    void append(String plain) {
        append(plain, 0, plain.length());
    }

    void append(String plain, int from, int to) {
        reserve(to - from);
        plain.getChars(from, to, characters, length);
        length += to - from;
    }

    private void reserve(int count) {
        if (count > characters.length - length) {
            characters = Arrays.copyOf(characters, Math.max(Math.addExact(length, count), 2 * characters.length));
        }
    }

    boolean hasSurrogates() {
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(characters[i])) {
                return true;
            }
        }
        return false;
    }

    /** Returns what writes at the end of the text, and has done so when it is closed. */
    JsonGenerator generator() throws IOException {
        return pool.factory.createGenerator(end);
    }

    @Override
    public String toString() {
        return new String(characters, 0, length);
    }

    /** Gives it back to the pool. */
    @Override
    public void close() {
        if (characters.length > MAX_KEPT_CAPACITY) {
            characters = new char[INITIAL_CAPACITY];
        }
        length = 0;
        pool.free.addFirst(this);
    }
}
