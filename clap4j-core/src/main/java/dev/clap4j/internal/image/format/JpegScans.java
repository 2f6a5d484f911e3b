package dev.clap4j.internal.image.format;

/** Counts the scans of a JPEG file, each of which costs time for every pixel. */
final class JpegScans {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;

    private JpegScans() {}

    /** Returns the number of scans; 1 if the first scan of a non-progressive file has all components. */
    static int count(byte[] file, JpegHeader header) {
        int scans = 0;
        int at = header.end();
        while (at + 4 <= file.length) {
            int marker = file[at + 1] & 0xFF;
            if (file[at] != (byte) 0xFF || isPartOfScan(marker)) {
                at++;
            } else if (marker == END) {
                return scans;
            } else {
                int length = (file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF);
                if (marker == START_OF_SCAN) {
                    scans++;
                    if (!header.progressive() && at + 4 < file.length && file[at + 4] >= header.components()) {
                        return scans;
                    }
                }
                at += 2 + Math.max(2, length);
            }
        }
        return scans;
    }

    /** Returns whether a marker is part of the scan: only stuffed bytes, fill bytes and restarts are. */
    private static boolean isPartOfScan(int second) {
        return second == 0 || second == 1 || second == 0xFF || (second >= 0xD0 && second <= 0xD7);
    }
}
