// Takes the place within the page along, "#/post/postNew", which no server gets to see: who signs in goes on there.
document.addEventListener("submit", ({ target: form }) => {
  const action = new URL(form.action);
  action.hash = location.hash;
  form.action = action.href;
});
