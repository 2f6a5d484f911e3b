package dev.clap4j.internal.server.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.clap4j.internal.server.encode.Call;
import dev.clap4j.internal.server.http.ApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that is allowed, and all else that an address can mean. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PictureFetcherTests {
    private static final int MOST = 10_000;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer host;
    private String allowed;
    private PictureFetcher fetcher;

    @BeforeAll
    void start() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(threads);
        host.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path + " " + exchange.getRequestHeaders().getFirst("Cookie"));
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            switch (path) {
                case "/moved" -> {
                    exchange.getResponseHeaders().add("Location", "/picture");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/zipped" -> {
                    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                    exchange.sendResponseHeaders(200, 3);
                    exchange.getResponseBody().write(new byte[] {1, 2, 3});
                }
                case "/large" -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 100; i++) {
                        exchange.getResponseBody().write(new byte[MOST / 10]);
                    }
                }
                case "/never" -> await();
                case "/slow" -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    await();
                }
                default -> {
                    exchange.sendResponseHeaders(200, 3);
                    exchange.getResponseBody().write(new byte[] {4, 5, 6});
                }
            }
            exchange.close();
        });
        host.start();
        allowed = "127.0.0.1:" + host.getAddress().getPort();
        fetcher = new PictureFetcher(Set.of(allowed), MOST, any -> true);
    }

    private void await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    void stop() {
        done.countDown();
        fetcher.close();
        host.stop(0);
        threads.shutdownNow();
    }

    @BeforeEach
    void forget() {
        asked.clear();
    }

    private byte[] fetch(String address) {
        return fetcher.fetch("input", address, Call.lasting(Duration.ofSeconds(20)));
    }

    @Test
    void fetchesAPictureWithoutCookies() {
        assertThat(fetch("http://" + allowed + "/picture")).containsExactly(4, 5, 6);
        assertThat(fetch("HTTP://" + allowed + "/picture?size=1#a")).containsExactly(4, 5, 6);
        assertThat(asked).containsExactly("/picture null", "/picture null");
    }

    @Test
    void followsNoRedirect() {
        assertThatThrownBy(() -> fetch("http://" + allowed + "/moved"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("302")
                .hasMessageContaining("not followed");
        assertThat(asked).containsExactly("/moved null");
    }

    @Test
    void unpacksNothing() {
        assertThat(fetch("http://" + allowed + "/zipped")).containsExactly(1, 2, 3);
    }

    @Test
    void stopsAtItsLimits() {
        assertThatThrownBy(() -> fetch("http://" + allowed + "/large"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("10000 bytes");
        for (String path : List.of("/never", "/slow")) {
            Call brief = Call.lasting(Duration.ofMillis(300));
            assertThatThrownBy(() -> fetcher.fetch("input", "http://" + allowed + path, brief))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("cannot be fetched");
        }
    }

    @Test
    void countsWhatWasFetched() {
        AtomicLong count = new AtomicLong();
        Call call = Call.lasting(Duration.ofSeconds(20));
        call.limitFetching(bytes -> {
            if (count.addAndGet(bytes) > 5) {
                throw ApiException.tooLarge("input", "too much");
            }
        });
        fetcher.fetch("input", "http://" + allowed + "/picture", call);
        assertThatThrownBy(() -> fetcher.fetch("input", "http://" + allowed + "/picture", call))
                .hasMessage("too much");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.0.0.1:%d1/",
                "http://localhost:%d/",
                "http://127.1:%d/",
                "http://2130706433:%d/",
                "http://0x7f000001:%d/",
                "http://0177.0.0.1:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://127.0.0.1.:%d/",
                "http://127.0.0.1%%2e:%d/",
                "http://user@127.0.0.1:%d/",
                "http://user:key@127.0.0.1:%d/",
                "http://127.0.0.1:%d@localhost/",
                "http://localhost#@127.0.0.1:%d/",
                "http://localhost\\@127.0.0.1:%d/",
                "http://127.0.0.1:%d\\@localhost/",
                "http://127.0.0.1:%d.localhost/",
                "http:127.0.0.1:%d/",
                "http:/127.0.0.1:%d/",
                "http:///127.0.0.1:%d/",
                "https://127.0.0.1:1/",
                "ftp://127.0.0.1:%d/",
                "file:///etc/passwd",
                "file://127.0.0.1:%d/etc/passwd",
                "jar:http://127.0.0.1:%d/a.jar!/b",
                "gopher://127.0.0.1:%d/",
                "ws://127.0.0.1:%d/",
                "blob:x",
                "javascript:alert(1)",
                "http://127.0.0.1:%d/\r\nX-Header: 1",
                "http://127.0.0.1:%d/ a",
                "http://"
            })
    void refusesAddressesThatAreNotExactlyOfAnAllowedHost(String address) {
        String given = address.formatted(host.getAddress().getPort());
        assertThatThrownBy(() -> fetch(given))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("not fetched from this address");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
    void anAllowedNameOfAPrivateAddressIsRefused(String name) {
        String address = name + ":" + host.getAddress().getPort();
        try (PictureFetcher strict = new PictureFetcher(Set.of(address), MOST)) {
            assertThatThrownBy(() -> strict.fetch(
                            "input", "http://" + address + "/picture", Call.lasting(Duration.ofSeconds(20))))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("cannot be fetched");
        }
        assertThat(asked).isEmpty();
    }
}
