/// One bundle for every window and for the bridge. Nothing is inlined, so that the strict content policy holds.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  base: './',
  build: {
    // WebView2 is evergreen; the floor is WKWebView on macOS 13 and WebKitGTK 2.40.
    target: ['es2022', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { host: '127.0.0.1', port: 1420, strictPort: true },
  test: { include: ['src/**/*.test.ts'], passWithNoTests: true },
});
