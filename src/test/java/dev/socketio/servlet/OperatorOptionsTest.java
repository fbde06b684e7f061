package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class OperatorOptionsTest {

    private static ServletContext context(Map<String, String> parameters) {
        ServletContext context = mock(ServletContext.class);
        when(context.getInitParameterNames()).thenReturn(Collections.enumeration(parameters.keySet()));
        parameters.forEach((name, text) -> when(context.getInitParameter(name)).thenReturn(text));
        return context;
    }

    private static Properties properties(Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }

    @Test
    void theEnvironmentWinsOverTheContextAndTheSystemOverBoth() {
        Map<String, String> options = OperatorOptions.of(
                context(Map.of("socketio.path", "/a", "socketio.pingInterval", "1s", "socketio.pingTimeout", "1s")),
                Map.of("SOCKETIO_PINGINTERVAL", "2s", "SOCKETIO_PINGTIMEOUT", "2s", "SOCKETIO_DISCOVERY", "true"),
                properties(Map.of("socketio.pingTimeout", "3s", "java.version", "17")));

        assertThat(options)
                .containsOnly(
                        Map.entry("path", "/a"),
                        Map.entry("pingInterval", "2s"),
                        Map.entry("pingTimeout", "3s"),
                        Map.entry("discovery", "true"));
    }

    @Test
    void theEnvironmentHasTheOptionsOfAdapters() {
        Map<String, String> environment = Map.of("SOCKETIO_ADAPTER", "redis", "SOCKETIO_REDIS_URI", "redis://redis");

        assertThat(OperatorOptions.of(context(Map.of()), environment, new Properties()))
                .isEqualTo(Map.of("adapter", "redis", "redis.uri", "redis://redis"));
    }

    @Test
    void variablesOfOthersAreNoOptions() {
        Map<String, String> kubernetes =
                Map.of("SOCKETIO_PORT", "tcp://10.0.0.1:80", "SOCKETIO_SERVICE_HOST", "10.0.0.1");

        assertThat(OperatorOptions.of(context(Map.of()), kubernetes, new Properties()))
                .isEmpty();
    }
}
