package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The download of one blob into the cache. Bytes of an earlier attempt are kept and only the rest is requested; the blob
 * gets its name when it is complete and its hash is right.
 */
final class Download {
    private static final int TRIES = 5;

    private final RemoteRepository remote;
    private final RepositoryCache cache;
    private final String commit;
    private final RemoteFile file;
    private final Megabytes progress;
    private final HubClient client;
    private final Path incomplete;

    Download(
            HubClient client,
            RemoteRepository remote,
            RepositoryCache cache,
            String commit,
            RemoteFile file,
            Megabytes progress) {
        this.client = client;
        this.remote = remote;
        this.cache = cache;
        this.commit = commit;
        this.file = file;
        this.progress = progress;
        this.incomplete = cache.incomplete(file.etag());
    }

    /**
     * Downloads the blob, unless another process has done so meanwhile.
     *
     * @param counted the bytes that the progress counts as done already
     * @return whether it was downloaded here
     * @throws IOException if the hub stops answering
     * @throws ClapException if the hash is wrong, or the blob cannot be written
     * @throws StoppedException if the work is to stop; what has arrived is kept
     */
    boolean run(long counted) throws IOException {
        Path blob = cache.blob(file.etag());
        BlobLock lock = BlobLock.take(cache.lock(file.etag()), file.name(), progress.progress());
        try (lock) {
            if (Files.isRegularFile(blob)) {
                progress.arrived(Math.max(0, Files.size(blob) - counted));
                return false;
            }
            try (FileChannel channel = open()) {
                fetch(channel, counted);
                write(() -> channel.force(true));
            }
            check();
            write(() -> Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE));
            return true;
        }
    }

    private FileChannel open() {
        try {
            return FileChannel.open(incomplete, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** A step that writes to the cache. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing step) {
        try {
            step.run();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private ClapException cannotWrite(IOException e) {
        return new ClapException("Cannot write " + incomplete + ": " + IoReasons.of(e), e);
    }

    /** Fetches what is missing, again and again as long as more arrives than ever before. */
    private void fetch(FileChannel channel, long counted) throws IOException {
        long known = counted;
        long most = channel.size();
        for (int tries = 1; !isComplete(channel); tries++) {
            IOException broken;
            try {
                known = fetchRest(channel, known);
                if (file.size() < 0 || isComplete(channel)) {
                    return;
                }
                broken = new IOException(
                        "the connection ends after " + channel.size() + " of " + file.size() + " bytes");
            } catch (HubUnreachable e) {
                throw e;
            } catch (IOException e) {
                broken = e;
            }
            known = Math.max(known, channel.size());
            if (channel.size() > most) {
                most = channel.size();
                tries = 0;
            } else if (tries >= TRIES) {
                throw broken;
            } else {
                client.pause(client.settings().pause().multipliedBy(1L << (tries - 1)), progress.progress());
            }
        }
    }

    private boolean isComplete(FileChannel channel) throws IOException {
        if (file.size() >= 0 && channel.size() > file.size()) {
            channel.truncate(0);
        }
        return channel.size() == file.size();
    }

    /** Fetches the rest, and returns how many bytes the progress knows of. */
    private long fetchRest(FileChannel channel, long known) throws IOException {
        long from = file.size() < 0 ? 0 : channel.size();
        HttpResponse<BodyChunks> response = remote.get(commit, file.name(), from, progress.progress());
        try (BodyChunks body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> channel.truncate(0);
                case 206 -> {
                    if (!startsAt(response, channel.size())) {
                        throw new IOException("the server sends another part than the one asked for");
                    }
                }
                case 416 -> throw damaged("it ends after " + from + " of its " + file.size() + " bytes");
                default -> throw remote.refusal(response);
            }
            return store(body, channel, known);
        }
    }

    private static boolean startsAt(HttpResponse<?> response, long from) {
        return response.headers()
                .firstValue("Content-Range")
                .map(range -> range.matches("bytes " + from + "-\\d+/.*"))
                .orElse(false);
    }

    private long store(BodyChunks body, FileChannel channel, long known) throws IOException {
        channel.position(channel.size());
        long counted = known;
        Optional<List<ByteBuffer>> piece = body.next(client.settings().data());
        while (piece.isPresent()) {
            for (ByteBuffer part : piece.get()) {
                write(() -> writeAll(channel, part));
            }
            if (file.size() >= 0 && channel.size() > file.size()) {
                throw damaged("more than its " + file.size() + " bytes arrived");
            }
            if (file.size() < 0 && channel.size() > RemoteFile.MOST_SMALL_BYTES) {
                throw damaged("more than " + (RemoteFile.MOST_SMALL_BYTES >> 20)
                        + " MiB arrived, though the server does not say how large it is");
            }
            if (channel.size() > counted) {
                progress.arrived(channel.size() - counted);
                counted = channel.size();
            }
            piece = body.next(client.settings().data());
        }
        return counted;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Checks the hash; a wrong content is deleted. */
    private void check() throws IOException {
        Optional<ContentHash> hash = ContentHash.of(file.etag());
        if (hash.isPresent()) {
            String found = hash.get().of(incomplete);
            if (!found.equals(file.etag())) {
                throw damaged("its hash is " + found + " instead of " + file.etag());
            }
        }
    }

    private ClapException damaged(String what) {
        write(() -> Files.deleteIfExists(incomplete));
        return new ClapException(
                "The download of " + file.name() + " of " + remote.repository() + " is damaged: " + what
                        + "; nothing of it is kept. Try again; if it stays so, the file on "
                        + client.settings().host()
                        + ", or a proxy between, is at fault");
    }
}
