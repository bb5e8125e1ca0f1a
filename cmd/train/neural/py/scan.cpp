// The recurrence of a bidirectional simple recurrent unit, forward and backward, for net.py.
// Shapes: u [B,T,3D] (candidate, forget, reset before the sigmoid), x h c f r [B,T,D], v [2D].
// Channels below D/2 run left to right, the others right to left. g++ -O3  -fopenmp -shared.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

static inline float sig(float x) { return 1.f / (1.f + expf(-x)); }

extern "C" void sru_forward(const float *u, const float *x, const float *v, const long *len, float *h, float *c, float *f, float *r, long B, long T, long D) {
#pragma omp parallel for schedule(dynamic) collapse(2)
  for (long b = 0; b < B; b++)
    for (long dir = 0; dir < 2; dir++) {
      long lo = dir * D / 2, hi = lo + D / 2, n = len[b];
      std::vector<float> s(D, 0.f);
      for (long k = 0; k < n; k++) {
        long t = dir ? n - 1 - k : k, o = (b * T + t) * D, q = (b * T + t) * 3 * D;
        float *S = s.data();
#pragma omp simd
        for (long i = lo; i < hi; i++) {
          float F = sig(u[q + D + i] + v[i] * S[i]), R = sig(u[q + 2 * D + i] + v[D + i] * S[i]);
          float C = F * S[i] + (1 - F) * u[q + i];
          f[o + i] = F; r[o + i] = R; c[o + i] = C; S[i] = C;
          h[o + i] = R * C + (1 - R) * x[o + i];
        }
      }
    }
}

extern "C" void sru_backward(const float *u, const float *x, const float *v, const long *len, const float *c, const float *f, const float *r, const float *dh,
                             float *du, float *dx, float *dv, long B, long T, long D) {
#pragma omp parallel for schedule(dynamic) collapse(2)
  for (long b = 0; b < B; b++)
    for (long dir = 0; dir < 2; dir++) {
      long lo = dir * D / 2, hi = lo + D / 2, n = len[b];
      std::vector<float> dc(D, 0.f), zero(D, 0.f), g(2 * D, 0.f);
      for (long k = n - 1; k >= 0; k--) {
        long t = dir ? n - 1 - k : k, p = dir ? t + 1 : t - 1, o = (b * T + t) * D, q = (b * T + t) * 3 * D;
        const float *S = k ? c + (b * T + p) * D : zero.data();
        float *A = dc.data(), *G = g.data();
#pragma omp simd
        for (long i = lo; i < hi; i++) {
          float F = f[o + i], R = r[o + i], H = dh[o + i];
          float a = A[i] + H * R;
          float dr = H * (c[o + i] - x[o + i]) * R * (1 - R), df = a * (S[i] - u[q + i]) * F * (1 - F);
          dx[o + i] = H * (1 - R);
          du[q + i] = a * (1 - F); du[q + D + i] = df; du[q + 2 * D + i] = dr;
          G[i] += df * S[i]; G[D + i] += dr * S[i];
          A[i] = a * F + df * v[i] + dr * v[D + i];
        }
      }
      for (long i = lo; i < hi; i++) {
#pragma omp atomic
        dv[i] += g[i];
#pragma omp atomic
        dv[D + i] += g[D + i];
      }
    }
}

// A linear-chain CRF over O, B, I. e [B,T,3] scores, y [B,T] gold states (a sequence with a negative one is skipped),
// m [B,T] which of the two tables of transitions a [2,3,3] (from, to) leads into the token; O to I is forbidden.
// Gives the summed negative log-likelihood, and its gradients de, da.
extern "C" double crf(const float *e, const long *y, const unsigned char *m, const float *a, const long *len, float *de, float *da, long B, long T) {
  double ea[2][3][3], loss = 0;
  for (int k = 0; k < 18; k++) (&ea[0][0][0])[k] = (k % 9) == 2 ? 0 : std::exp((double)a[k]);
  for (long b = 0; b < B; b++) {
    long n = len[b]; bool skip = false; const float *E = e + b * T * 3; const long *Y = y + b * T; const unsigned char *M = m + b * T;
    for (long t = 0; t < n; t++) skip |= Y[t] < 0 || (t && Y[t] == 2 && Y[t - 1] == 0);
    if (skip) continue;
    std::vector<double> x(3 * n), al(3 * n), be(3 * n, 1.0); double z = 0;
    for (long t = 0; t < n; t++) {
      double top = std::max(E[3 * t], std::max(E[3 * t + 1], E[3 * t + 2])), s = 0; z += top;
      for (int j = 0; j < 3; j++) {
        x[3 * t + j] = std::exp(E[3 * t + j] - top); double v = 0;
        if (t == 0) v = 1; else for (int i = 0; i < 3; i++) v += al[3 * (t - 1) + i] * ea[M[t]][i][j];
        s += al[3 * t + j] = v * x[3 * t + j];
      }
      for (int j = 0; j < 3; j++) al[3 * t + j] /= s;
      z += std::log(s);
    }
    for (long t = n - 2; t >= 0; t--) {
      double s = 0;
      for (int i = 0; i < 3; i++) { double v = 0; for (int j = 0; j < 3; j++) v += ea[M[t + 1]][i][j] * x[3 * (t + 1) + j] * be[3 * (t + 1) + j]; s += be[3 * t + i] = v; }
      for (int i = 0; i < 3; i++) be[3 * t + i] /= s;
    }
    double gold = 0;
    for (long t = 0; t < n; t++) {
      gold += E[3 * t + Y[t]]; double s = 0, p[3];
      for (int j = 0; j < 3; j++) s += p[j] = al[3 * t + j] * be[3 * t + j];
      for (int j = 0; j < 3; j++) de[(b * T + t) * 3 + j] = p[j] / s - (Y[t] == j);
      if (!t) continue;
      double q[9], w = 0;
      for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) w += q[3 * i + j] = al[3 * (t - 1) + i] * ea[M[t]][i][j] * x[3 * t + j] * be[3 * t + j];
      for (int k = 0; k < 9; k++) da[M[t] * 9 + k] += q[k] / w;
      da[M[t] * 9 + 3 * Y[t - 1] + Y[t]] -= 1; gold += a[M[t] * 9 + 3 * Y[t - 1] + Y[t]];
    }
    loss += z - gold;
  }
  return loss;
}
