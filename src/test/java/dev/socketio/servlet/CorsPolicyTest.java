package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.socketio.Cors;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CorsPolicyTest {

    private static HttpServletRequest request(
            @Nullable String origin, @Nullable String host, String serverName, int serverPort) {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getHeader("Origin")).thenReturn(origin);
        when(request.getHeader("Host")).thenReturn(host);
        when(request.getServerName()).thenReturn(serverName);
        when(request.getServerPort()).thenReturn(serverPort);
        return request;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "http://example.com        | example.com        | true",
                "http://example.com        | example.com:80     | true",
                "http://example.com:80     | example.com        | true",
                "https://example.com       | example.com        | true", // a proxy ends TLS
                "https://example.com       | example.com:443    | true",
                "https://example.com:443   | example.com        | true",
                "https://example.com:8443  | example.com:8443   | true",
                "http://EXAMPLE.com        | example.COM        | true",
                "http://localhost:3000     | localhost:3000     | true",
                "http://127.0.0.1:3000     | 127.0.0.1:3000     | true",
                "http://[::1]:3000         | [::1]:3000         | true",
                "http://[::1]              | [::1]              | true",
                "http://[2001:DB8::1]      | [2001:db8::1]:80   | true",
                "http://my_host:3000       | my_host:3000       | true",
                "http://my_host            | my_host            | true",
                "http://xn--bcher-kva.example | xn--bcher-kva.example | true",
                "http://example.com        | example.com:8080   | false",
                "http://example.com:8080   | example.com        | false",
                "http://example.com:8080   | example.com:8081   | false",
                "https://example.com       | example.com:80     | false",
                "http://other.com          | example.com        | false",
                "http://example.com.evil.com | example.com      | false",
                "http://evil.com#example.com | example.com      | false",
                "http://evil.com?example.com | example.com      | false",
                "http://sub.example.com    | example.com        | false",
                "http://[::1]:3000         | [::2]:3000         | false",
                "null                      | null               | false",
                "file://                   | example.com        | false",
                "example.com               | example.com        | false",
                "//example.com             | -                  | false",
                "''                        | ''                 | false",
                "http://                   | example.com        | false",
                "http://example.com@evil.com | example.com      | false",
                "http://user@example.com   | example.com        | false",
                "data:text/html            | example.com        | false",
            })
    void allowsItsOwnOriginByTheHostThatWasAskedFor(String origin, @Nullable String host, boolean allowed) {
        CorsPolicy policy = new CorsPolicy(Cors.none());

        assertThat(policy.allows(request(origin, host, "backend.internal", 8080)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com,      example.com, 443,  true",
        "http://example.com,       example.com, 80,   true",
        "http://example.com:8080,  example.com, 8080, true",
        "http://[::1]:8080,        [::1],       8080, true",
        "http://example.com,       example.com, 8080, false",
        "http://other.com,         example.com, 80,   false",
    })
    void allowsItsOwnOriginByWhatTheContainerMakesOfAProxysHeaders(
            String origin, String serverName, int serverPort, boolean allowed) {
        CorsPolicy policy = new CorsPolicy(Cors.none());

        assertThat(policy.allows(request(origin, "10.0.0.7:9000", serverName, serverPort)))
                .isEqualTo(allowed);
        assertThat(policy.allows(request(origin, null, serverName, serverPort))).isEqualTo(allowed);
    }

    @Test
    void allowsWhoHasNoOrigin() {
        assertThat(new CorsPolicy(Cors.none()).allows(request(null, "example.com", "example.com", 80)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // query | Sec-Fetch-Site | Referer | allowed
                "EIO=4&j=0 | -           | -                               | true",
                "EIO=4&j=0 | -           | http://example.com/page?x=/y    | true",
                "EIO=4&j=0 | -           | http://example.com              | true",
                "EIO=4&j=0 | -           | https://app.example/page        | true",
                "EIO=4&j=0 | -           | http://evil.example/            | false",
                "EIO=4&j=0 | -           | http://evil.example/example.com | false",
                "EIO=4&j=0 | -           | http://example.com@evil.example | false",
                "EIO=4&j=0 | -           | evil                            | false",
                "EIO=4&j=0 | same-origin | http://example.com/             | true",
                "EIO=4&j=0 | cross-site  | https://app.example/            | true",
                "EIO=4&j=0 | cross-site  | http://evil.example/            | false",
                "EIO=4&j=0 | cross-site  | -                               | false",
                "EIO=4     | cross-site  | -                               | false",
                "EIO=4     | same-site   | http://other.example.com/       | false",
                "EIO=4     | same-origin | -                               | true",
                "EIO=4     | none        | -                               | true",
                "EIO=4     | -           | http://evil.example/            | true",
            })
    void knowsThePageThatLoadsAScript(String query, @Nullable String site, @Nullable String referer, boolean allowed) {
        HttpServletRequest request = request(null, "example.com", "example.com", 80);
        when(request.getQueryString()).thenReturn(query);
        when(request.getHeader("Sec-Fetch-Site")).thenReturn(site);
        when(request.getHeader("Referer")).thenReturn(referer);

        assertThat(new CorsPolicy(Cors.origins("https://app.example")).allows(request))
                .isEqualTo(allowed);
        assertThat(new CorsPolicy(Cors.origins("*")).allows(request)).isTrue();
    }

    @Test
    void allowsOriginsByTheirExactNames() {
        CorsPolicy policy = new CorsPolicy(Cors.origins("https://app.example"));

        assertThat(policy.allows(request("https://app.example", "x", "x", 80))).isTrue();
        assertThat(policy.allows(request("http://app.example", "x", "x", 80))).isFalse();
        assertThat(policy.allows(request("https://app.example:8443", "x", "x", 80)))
                .isFalse();
        assertThat(policy.allows(request("https://app.example.evil", "x", "x", 80)))
                .isFalse();
    }

    @Test
    void allowsEverybodyIfToldTo() {
        assertThat(new CorsPolicy(Cors.origins("*")).allows(request("null", "x", "x", 80)))
                .isTrue();
        assertThat(new CorsPolicy(Cors.none().withRefuseOthers(false)).allows(request("http://a", "x", "x", 80)))
                .isTrue();
    }
}
