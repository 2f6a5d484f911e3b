/** Models by name: what names mean, the hub's protocol, and the cache that is shared with Python. */
package dev.clap4j.internal.hub;
