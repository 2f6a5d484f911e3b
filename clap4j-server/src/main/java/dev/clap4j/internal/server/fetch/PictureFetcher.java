package dev.clap4j.internal.server.fetch;

import dev.clap4j.internal.server.encode.Call;
import dev.clap4j.internal.server.http.ApiException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;

/**
 * Fetches pictures from hosts that are allowed by name, if their addresses are public. A name is resolved once, and the
 * connection goes to an address that was checked. Redirects are not followed. Thread-safe.
 */
public final class PictureFetcher implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int FETCH_SECONDS = 10;
    private static final int OK = 200;

    private final Set<String> hosts;
    private final long maxBytes;
    private final HttpClient client = new HttpClient();

    /**
     * Creates a fetcher.
     *
     * @param hosts names, with {@code :port} for ports other than the usual; none to fetch nothing
     * @param maxBytes the size of a picture's file
     */
    public PictureFetcher(Set<String> hosts, long maxBytes) {
        this(hosts, maxBytes, PublicAddresses::contain);
    }

    PictureFetcher(Set<String> hosts, long maxBytes, Predicate<InetAddress> allowed) {
        this.hosts = Set.copyOf(
                hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
        this.maxBytes = maxBytes;
        client.setFollowRedirects(false);
        client.setConnectTimeout(CONNECT_MILLIS);
        client.setUserAgentField(new HttpField("User-Agent", "clap4j"));
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setSocketAddressResolver(
                (host, port, context, promise) -> client.getExecutor().execute(() -> {
                    try {
                        InetAddress[] found = InetAddress.getAllByName(host);
                        if (!Stream.of(found).allMatch(allowed)) {
                            throw new UnknownHostException("not public");
                        }
                        promise.succeeded(Stream.of(found)
                                .map(address -> new InetSocketAddress(address, port))
                                .toList());
                    } catch (UnknownHostException e) {
                        promise.failed(e);
                    }
                }));
        if (!hosts.isEmpty()) {
            try {
                client.start();
                // After the start, which adds those that are known.
                client.getContentDecoderFactories().clear();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Fetches a picture.
     *
     * @param param the field that names it, for errors
     * @throws ApiException if that is not allowed, or fails
     */
    public byte[] fetch(String param, String address, Call call) {
        URI uri = allowed(param, address);
        Request request = client.newRequest(uri).timeout(FETCH_SECONDS, TimeUnit.SECONDS);
        request.headers(headers -> headers.put("Accept", "image/*"));
        try {
            long most = Math.min(call.nanosLeft(), TimeUnit.SECONDS.toNanos(FETCH_SECONDS));
            ContentResponse response = new CompletableResponseListener(request, (int) maxBytes)
                    .send()
                    .get(Math.max(1, most), TimeUnit.NANOSECONDS);
            if (response.getStatus() != OK) {
                throw ApiException.notFetched(
                        param,
                        "The host of the picture answers with status " + response.getStatus()
                                + (response.getStatus() / 100 == 3 ? "; redirects are not followed" : ""));
            }
            call.fetched(response.getContent().length);
            return response.getContent();
        } catch (ExecutionException | TimeoutException e) {
            var unused = request.abort(e);
            throw ApiException.notFetched(
                    param, "The picture cannot be fetched, or has more than " + maxBytes + " bytes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.closing();
        }
    }

    private URI allowed(String param, String address) {
        ApiException refused = ApiException.bad(
                param, "Pictures are not fetched from this address; send the picture itself, as a data URI");
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw refused;
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || !Set.of("http", "https").contains(scheme)) {
            throw refused;
        }
        int usual = scheme.equals("https") ? 443 : 80;
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean plain = uri.getPort() == -1 || uri.getPort() == usual;
        if (!hosts.contains(plain ? host : host + ":" + uri.getPort())) {
            throw refused;
        }
        return uri;
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
